"""Reports in Swedish."""

REPORT_SWEDISH = {
    "report title": "Vad lagen släpper igenom: {law}",
    "report short": "{law} mot {position}",
    "report lead": "{ways} och {holes} den {day}.",
    "report ways one": "{number} väg in",
    "report ways many": "{number} vägar in",
    "report holes one": "{number} kryphål",
    "report holes many": "{number} kryphål",
    "report complete": "Fullständigt: varje öppet fall ligger i något av dem.",
    "report not complete": "Inte fullständigt: fler kan finnas.",
    "report none": "Inget kryphål hittades, och sökningen var fullständig.",
    "report label law": "Lag",
    "report label position": "Ståndpunkt",
    "report label day": "Bedömd den",
    "report label text": "Text känd den",
    "report label id": "Rapport",
    "report label review": "Granskning",
    "report named": "{title} ({id})",
    "report not advice": "Detta är inte juridisk rådgivning. {reviewed}",
    "report para": "punkt",
    "report table": "Tabell",
    "report figure": "Figur",
    "report contents": "Innehåll",
    "report page": "sida {page} av {pages}",
    "report section answer": "Svar",
    "report section ways": "Vägarna in, en för en",
    "report section apart": "Var och när lagen gäller",
    "report section spread": "Var de annars är öppna",
    "report section balance": "Vad det skulle kosta att stänga dem",
    "report section days": "Lagens dagar",
    "report section method": "Metod och gränser",
    "report section readings": "Tolkningar, bedömningar och det som var givet",
    "report section review": "Hur långt texterna är granskade",
    "report section again": "Hur detta görs om",
    "report section usual": "Vanliga svar",
    "report section provisions": "Förteckning över lagrum",
    "report answer": (
        "{position} vill att en användning förbjuds, och {law} förbjuder den inte: det är ett kryphål. Den {day} finns "
        "{holes}, som öppnas av {ways} i lagens egna ord eller tystnad."
    ),
    "report answer kind no norm": "{ways}: inget förbud talar om användningen.",
    "report answer kind element": "{ways}: ett rekvisit i förbudet saknas.",
    "report answer kind exception": "{ways}: ett undantag häver förbudet.",
    "report answer kind exclusion": "{ways}: användningen är undantagen från tillämpningsområdet.",
    "report answer kind scope": "{ways}: lagen når inte användningen.",
    "report answer kind date": "{ways}: förbudet gäller inte den dagen.",
    "report unfinished": "Inte fullständigt: {reason}.",
    "report caption cover": "Hur mycket varje väg in släpper igenom. Tabell {table} har samma siffror.",
    "report caption ways": "Vägarna in, i sökningens ordning.",
    "report head number": "Nr",
    "report head opened": "Öppnas av",
    "report head place": "Lagrum",
    "report head except": "Det vanliga förbjudna fallet, utom att",
    "report head ruling": "Utfall",
    "report head holes": "Kryphål",
    "report head share": "Andel",
    "report head paras": "Punkter",
    "report open no norm": "Inget förbud i lagen talar om {practices}.",
    "report open element": (
        "{norm} förbjuder bara där detta är uppfyllt: {condition} ({place}). Där det inte är det gäller förbudet inte."
    ),
    "report open exception": "{place} häver {norm}: {condition}.",
    "report open exclusion": "{place} undantar användningen från {norm}: {condition}.",
    "report open scope": "Lagen når inte användningen ({place}): {condition}.",
    "report open date": "{norm} gäller inte den dagen: {condition}.",
    "report practices": "Öppen för: {practices}.",
    "report any practice": "varje användning",
    "report ordinary": "Exempelfall: det vanliga fallet självt.",
    "report ordinary except": "Exempelfall: det vanliga förbjudna fallet, utom att {differences}.",
    "report first case except": "Exempelfall: det vanliga fallet, utom att {differences}.",
    "report and": " och ",
    "report witness": "Exempelfallet i sin helhet: {answers}. Varje annan fråga har sitt vanliga svar ({section}).",
    "report gets": "Ett sådant fall får: {ruling}.",
    "report gets by": "Ett sådant fall får: {ruling}, genom {duties}.",
    "report vouched": "Det styrks bara av {party}.",
    "report vouched nobody": "Det behöver inte styrkas av någon.",
    "report judged": "Någon måste bedöma: {judgements}.",
    "report holes list": "{holes}: {list}.",
    "report hole": "({number}) {conditions}",
    "report hole of": "({number}) {practice}: {conditions}",
    "report hole always": "i varje fall",
    "report closes": "Vad som skulle stänga den: {closings}.",
    "report close element": "stryk ”{condition}” ur {norm}",
    "report close way": "stryk vägen ”{way}” ur {place}",
    "report close exception": "upphäv {place}",
    "report close exclusion": "låt {place} inte omfatta {norm}",
    "report close scope": "vidga {place} till dessa fall",
    "report close date": "låt {norm} gälla den dagen",
    "report close no norm": "förbjud användningen i {law}",
    "report or": ", eller ",
    "report share": "Av de beskrivna fallen av användningen ligger {share} i den.",
    "report apart": "Dessa säger inget om vad lagen förbjuder, bara var och när den gör det.",
    "report caption spread": "Var vägarna in annars är öppna. Tabell {table} säger detsamma.",
    "report caption spread table": "Samma bokstäver; spalterna är vägarnas nummer.",
    "report caption balance": "Vägar in ännu öppna mot förlorade användningar. Tabell {table} säger detsamma.",
    "report caption balance table": "Figurens val, efter nummer.",
    "report balance": (
        "Varje val är en ändringsakt som {command} skriver, att läsa in och jämföra. Det är ett utkast av ett program."
    ),
    "report spread": "Varje lag tas där den är tillämplig och som om den vore i kraft; {title}.",
    "report caption days": "När lagens regler börjar och slutar. Tabell {table} säger detsamma.",
    "report caption days table": "Samma tidsrymder, med reglerna och var de står.",
    "report method search": (
        "Båda texterna är kodade som regler över samma frågor. Mängden av alla fullständiga svar som "
        "{position} förbjuder "
        "och {law} inte förbjuder räknas ut som beslutsdiagram, delas efter orden som öppnar den, och varje "
        "del berättas "
        "med sina största lådor."
    ),
    "report method exact": (
        "Det är exakt, inte stickprov. Att vägarna in täcker varje öppet fall och inget annat, och att inget "
        "villkor i ett "
        "kryphål kan strykas, är kontrollerat; varje exempelfall är prövat på nytt i en andra, enkel läsning av båda "
        "texterna."
    ),
    "report method unknown": (
        "Det som ingen har sagt är okänt, aldrig nej. Det som någon måste väga är en fråga för en människa "
        "och avgörs inte "
        "här. Svar som inte kan förekomma tillsammans är utelämnade, som frågesamlingarna säger."
    ),
    "report method share": (
        "En andel räknar beskrivna fall inom användningen, vart och ett en gång. Den är ingen andel av "
        "världen, och andelar "
        "av vägar som överlappar kan inte läggas ihop."
    ),
    "report method alone": (
        "Lagen läses ensam: vad nationella lagar som fogas till den tillåter eller förbjuder ingår inte."
    ),
    "report method norms": (
        "Ett fynd säger vad den kodade texten släpper igenom, inte vad en domstol skulle komma till."
    ),
    "report governed": "Omfattas också av {laws}, som inte är kodat.",
    "report readings": (
        "Somliga lagrum kan ärligen läsas på flera sätt. Tabell {table} säger hur vart och ett lästes; ett "
        "annat val kan "
        "ändra fynden ({command})."
    ),
    "report no readings": "Ingen omtvistad tolkning behövdes.",
    "report caption readings": "Omtvistade tolkningar, och hur de lästes.",
    "report head instrument": "Text",
    "report head reading": "Fråga",
    "report head chosen": "Läst som",
    "report head otherwise": "Eller",
    "report judgements": "Fynd vilar på dessa bedömningsfrågor, som någon måste avgöra: {judgements}.",
    "report judgement by": "{name} ({party})",
    "report no judgements": "Inget fynd vilar på en bedömningsfråga.",
    "report given": "Givet för hela rapporten: {given}.",
    "report nothing given": "Inget var givet på förhand: varje svar var öppet.",
    "report caption review": "Vad varje text är kodad från, och vem som har kontrollerat den.",
    "report head title": "Titel",
    "report head published": "Offentliggjord",
    "report head reviewed": "Granskning",
    "report review": "Kodningarna säger själva hur långt de är granskade. Inget svar är säkrare än sin text.",
    "report again": "Samma rapport kommer ur detta kommando, med samma version av lagrum och samma texter:",
    "report again id": "Dess id är {id}, en kontrollsumma av all indata; lagrum {version}. Så citeras den: {citation}.",
    "report cite": "lagrum, rapport {id}, {law} mot {position}, den {day}",
    "report caption hashes": "Texterna, efter innehåll.",
    "report head id": "Id",
    "report head version": "Nyaste text",
    "report head hash": "SHA-256",
    "report usual": "Ett exempelfall svarar så på dessa frågor, där det inte säger annat.",
    "report caption usual": "De vanliga svaren.",
    "report head fact": "Fråga",
    "report head usual": "Vanligt svar",
    "report none of these": "inget av dem",
    "report provisions": "Varje ställe i lagen som anförs, och de punkter som anför det.",
    "report caption provisions": "Anförda lagrum.",
    "report head says": "Regel",
}
