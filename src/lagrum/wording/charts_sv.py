"""Charts in Swedish."""

CHARTS_SWEDISH = {
    "chart complete": "Fullständigt: exakt kontrollerat, inte stickprov.",
    "chart not complete": "INTE fullständigt: sökningen säger vad som står i vägen.",
    "chart source": "{law} mot {position}, den {day}. Funnet av lagrum ur de kodade texterna.",
    "chart of": "{part} av {whole}",
    "chart bill": "förslag, inte lag",
    "chart not before": "inte före {day}",
    "chart ended": "upphörde {day}",
    "chart state open": "öppen",
    "chart state narrowed": "inskränkt",
    "chart state closed": "stängd",
    "chart state not its subject": "inte dess ämne",
    "chart state depends": "en tolkning avgör",
    "chart cover title": "{ways} vägar in; nummer {number} ensam öppnar {share}",
    "chart cover title part": "Vägarna in {first} till {last} av {ways}",
    "chart cover none": "Ingen väg in hittades",
    "chart cover reading": (
        "Hur många av de beskrivna fallen, inom varje väg in:s användning, som den släpper igenom: orden som "
        "öppnar den, "
        "var de står och vad sådana fall får. En andel av beskrivna fall är ingen andel av världen. "
        "Vägarna överlappar, så andelarna kan inte läggas ihop. Fylld: reglerad; kontur: oreglerad; streckad yta: "
        "undantagen; streckad kant: utanför."
    ),
    "chart cover description": (
        "En stapel för var och en av de {ways} vägarna in i {law} mot {position}, lika lång som andelen "
        "beskrivna fall av "
        "användningen som ligger i den. Tabellen säger detsamma."
    ),
    "chart cover head number": "Nummer",
    "chart cover head opened": "Öppnas av",
    "chart cover head place": "Lagrum",
    "chart cover head ruling": "Utfall",
    "chart cover head share": "Andel",
    "chart spread title": "Väg in {number} är öppen i {part} av {whole} lagar",
    "chart spread none": "Det finns ingen väg in att sprida",
    "chart spread reading": (
        "O öppen, N inskränkt, C stängd, · inte lagens ämne, ? en omtvistad tolkning avgör. "
        "Streckad yta: inte i kraft den dagen. Streckad kant, med ~: kodningen är osäker. "
        "Numren är vägarnas, som räknas upp nedan."
    ),
    "chart spread description": (
        "En tablå över {laws} lagar och de {ways} vägarna in i {of}, med en bokstav i varje ruta för vad "
        "lagen gör åt den. "
        "Tabellen säger detsamma."
    ),
    "chart spread method": (
        "Varje lag där den är tillämplig, och som om den vore i kraft; varje ruta avgjord av en lösare."
    ),
    "chart spread uncertain": (
        "~ kodningen vilar på ett referat eller rymmer tvivel: uppgiften om granskning säger vilka."
    ),
    "chart spread head number": "Nummer",
    "chart spread head family": "Väg in",
    "chart spread head open in": "Öppen i",
    "chart balance title": "{free} av {whole} vägar in kan stängas utan förlust",
    "chart balance none": "Ingen ändring av texten stänger en väg in",
    "chart balance reading": (
        "Varje nummer är ett val av ändringar, som i tabellen. På de fyllda stänger inget val av upp till "
        "{most} ändringar "
        "fler vägar med samma förlust; de andra tar färre ändringar."
    ),
    "chart balance description": (
        "{points} val av ändringar, efter hur många av {ways} vägar in som förblir öppna och hur många av {uses} "
        "användningar värda att behålla de förbjuder. Tabellen säger detsamma."
    ),
    "chart balance method": (
        "{edits} ändringar prövade, upp till {most} tillsammans; {uses} användningar kunde förloras."
    ),
    "chart balance across": "Vägar in som förblir öppna, färre åt vänster",
    "chart balance down": "Användningar värda att behålla som förloras",
    "chart balance head point": "Val",
    "chart balance head edits": "Ändringar",
    "chart balance head open": "Vägar in ännu öppna",
    "chart balance head lost": "Förlorade användningar",
    "chart balance head by": "Genom",
    "chart timeline title": "{law}: regler börjar {begin}, slutar {end}",
    "chart timeline title none": "{law}: ingen dag är bestämd",
    "chart days one": "{number} dag",
    "chart days many": "{number} dagar",
    "chart timeline reading": (
        "En stapel för varje tidsrymd och de regler som gäller under den. Fylld: löper den {day}, där den "
        "streckade linjen "
        "står; streckad yta: återstår; kontur: slut. En stapel vid högra kanten har inget slut. Ett streck i "
        "en stapel: "
        "vissa fall först därifrån."
    ),
    "chart timeline description": (
        "{rules} regler i {law} i {spans} tidsrymder, från dagen då de börjar till dagen då de slutar. "
        "Tabellen säger detsamma."
    ),
    "chart timeline source": "{law}, text känd den {day}. Reglerna räknas som de är kodade.",
    "chart timeline head from": "Från",
    "chart timeline head until": "Till",
    "chart timeline head rules": "Regler",
    "chart timeline head kinds": "Slag",
    "chart timeline head places": "Lagrum",
    "chart timeline span": "{since} till {until}",
    "chart timeline or": " eller, i andra fall, ",
    "chart timeline no day": "Ingen dag bestämd",
    "chart timeline published": "offentliggjord {day}",
    "chart timeline in force": "i kraft från {day}",
    "chart timeline until": "upphör {day}",
    "chart kind scope": "tillämpningsområde",
    "chart kind exclude": "undantag från tillämpningsområdet",
    "chart kind define": "definitioner",
    "chart kind forbid": "förbud",
    "chart kind permit": "tillåtelser",
    "chart kind require": "skyldigheter",
    "chart kind classify": "klasser",
    "chart kind except": "undantag",
    "chart kind presume": "presumtioner",
    "chart kind penalty": "sanktioner",
    "chart article title": "{citation} ställer högst {number} frågor",
    "chart article reading": (
        "Börja vid 1. Varje svar leder till frågan vars nummer står efter det, eller till ett slut i en ram."
    ),
    "chart article description": (
        "De {number} frågor som avgör {citation} i {law}, var och en med vart svaren leder. Tabellen säger detsamma."
    ),
    "chart article note": (
        "Definitioner är utvecklade; undantag är en fråga vardera. Vad som tar en användning ur hela lagen, "
        "och var lagen "
        "gäller, frågas inte här."
    ),
    "chart article source": "{citation} i {law}, den {day}; ritat ur dess beslutsdiagram.",
    "chart article exception": "Gäller undantaget i {citation}: {label}?",
    "chart article member": "{question} Är det detta: {answer}?",
    "chart article other": "något annat svar",
    "chart article go": "{answers}: gå till {number}",
    "chart article end": "{answers}: {end}",
    "chart article head number": "Fråga",
    "chart article head question": "Lydelse",
    "chart article head answers": "Svar",
    "chart article lifted": "undantagen",
    "chart article met forbid": "förbjuden",
    "chart article not met forbid": "inte förbjuden här",
    "chart article met require": "en skyldighet",
    "chart article not met require": "ingen skyldighet här",
    "chart article met classify": "i denna klass",
    "chart article not met classify": "inte i denna klass",
    "chart article met except": "undantaget gäller",
    "chart article not met except": "undantaget gäller inte",
    "chart article met exclude": "undantagen från lagen",
    "chart article not met exclude": "inte undantagen här",
    "chart article met permit": "tillåten",
    "chart article not met permit": "inte tillåten här",
    "chart article met scope": "inom lagen",
    "chart article not met scope": "inte inom lagen genom detta",
    "chart article met define": "det är en sådan",
    "chart article not met define": "det är ingen sådan",
    "chart article met presume": "presumeras",
    "chart article not met presume": "presumeras inte",
    "chart article met penalty": "sanktionen kan komma i fråga",
    "chart article not met penalty": "inte genom detta",
}
