"""Asks euaiact: a dictionary of facts in, one rule after another out.

It has no one question for a system, so this puts one together from its own rules: remote identification, the frame of
Article 2, each point of Article 5, Article 6(1) and (2), each point of Annex III, Article 50, and the authorisation of
Article 26(10). What one rule decides (is it remote identification? is it high-risk?) is handed on to those that ask for
it. All that a scenario does not name is answered with no, since the tool takes no "nothing else"; unknown is what the
scenario leaves unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from euaiact import eingabevertrag, pflicht_katalog, pruefe_tatbestand, regel_katalog
from protocol import HIGH, MINIMAL, OUTSIDE, PROHIBITED, TRANSPARENCY, UNDETERMINED, Answer, report

SOURCE = "EUAIACT_2026_07_27"
REMOTE_SYSTEM, LIVE_SYSTEM = "AIA_003_041", "AIA_003_042"
FRAME, EXCLUDED = "AIA_002_SYSTEMRAHMEN_1_BIS_12", "AIA_002_003_MIL"
PRODUCT, LISTED = "AIA_006_001", "AIA_006_002"
PROHIBITIONS = {f"AIA_005_001_{p.upper()}": f"Art. 5(1)({p})" for p in ("a", "b", "ba", "bb", *"cdefgh")}
POINTS = "1a 1b 1c 2 3a 3b 3c 3d 4a 4b 5a 5b 5c 5d 6a 6b 6c 6d 6e 7a 7b 7c 7d 8a 8b"
ANNEX_III = {
    "AIA_ANH_III_" + "_".join(p.upper()): f"Annex III({p[0]})" + "".join(f"({x})" for x in p[1:])
    for p in POINTS.split()
}
ARTICLE_50 = {
    "AIA_050_001": "Art. 50(1)",
    "AIA_050_002": "Art. 50(2)",
    "AIA_050_003": "Art. 50(3)",
    "AIA_050_004_BILD": "Art. 50(4)",
    "AIA_050_004_TEXT": "Art. 50(4)",
}
SEARCHES = {"AIA_026_010_GENEHMIGUNG": "Art. 26(10)"}
RULES = (
    REMOTE_SYSTEM,
    LIVE_SYSTEM,
    FRAME,
    EXCLUDED,
    *PROHIBITIONS,
    PRODUCT,
    LISTED,
    *ANNEX_III,
    *ARTICLE_50,
    *SEARCHES,
)

USER = (
    "ki_system betreiberrolle betreiber_niederlassung_in_union verwendung "
    "system_in_union_inverkehrgebracht_oder_inbetriebgenommen inverkehrbringen_inbetriebnahme_oder_verwendung "
    "inverkehrbringen_oder_zweckbezogene_inbetriebnahme_oder_verwendung"
)
MAKER = (
    "ki_system anbieterrolle ki_system_in_union_inverkehrgebracht "
    "system_in_union_inverkehrgebracht_oder_inbetriebgenommen inverkehrbringen_oder_inbetriebnahme "
    "inverkehrbringen_inbetriebnahme_oder_verwendung "
    "inverkehrbringen_oder_zweckbezogene_inbetriebnahme_oder_verwendung"
)
REMOTE = (
    "zweck_identifikation_natuerlicher_personen identifikation_ohne_aktive_mitwirkung "
    "vergleich_biometrie_mit_referenzdatenbank oeffentlich_zugaenglicher_raum"
)
LIVE = f"{REMOTE} erfassung_vergleich_identifikation_ohne_erhebliche_verzoegerung"
POLICE = "strafverfolgungszweck strafverfolgungsbehoerde_oder_in_deren_auftrag"
LAWFUL = "biometrischer_einsatz_rechtlich_zulaessig"
CHILD = (
    "gezielte_suche_entfuehrungs_menschenhandels_sexualausbeutungsopfer_oder_vermisste "
    "einsatz_strikt_erforderlich nationalrechtliche_zulassung_fuer_diesen_zweck "
    "nur_identitaet_der_gezielt_gesuchten_person situation_und_grundrechtsfolgen_beruecksichtigt "
    "notwendige_verhaeltnismaessige_zeit_ort_personenbegrenzung grundrechtefolgenabschaetzung_abgeschlossen "
    "eu_datenbank_registriert"
)
COURT = "vorherige_richterliche_oder_unabhaengige_bindende_genehmigung"
FEELINGS = "biometrisch_gestuetzte_emotionsableitung arbeitsplatz zweck_emotionserkennung emotionserkennungssystem"
TRUE: dict[int, str] = {
    1: f"{USER} {LIVE} {POLICE} {LAWFUL} {CHILD} {COURT}",
    2: f"{USER} {LIVE} {POLICE}",
    3: f"{USER} {REMOTE} {POLICE} {LAWFUL} system_zur_nachtraeglichen_biometrischen_fernidentifizierung "
    "ermittlung_gezielte_suche_nach_straftatverdaechtigem_oder_verurteiltem einsatz_strikt_erforderlich",
    4: f"{USER} {LIVE} {LAWFUL}",
    5: f"{USER} {FEELINGS}",
    6: f"{USER} {FEELINGS} {LAWFUL} sicherheitsbezogener_verwendungszweck",
    7: f"{USER} aufbau_oder_erweiterung_gesichtserkennungsdatenbank ungezieltes_scraping gesichtsbilder_aus_internet",
    8: f"{USER} ausschliesslich_verifikation_behaupteter_identitaet {LAWFUL}",
    9: f"{USER} migration_asyl_grenzkontrollkontext migrationseinsatz_rechtlich_zulaessig "
    "zustaendige_behoerde_oder_in_deren_auftrag zweck_entdecken_erkennen_identifizieren_natuerlicher_personen",
    10: f"{USER} {LIVE} {LAWFUL} betrachtete_taetigkeit_ausschliesslich_militaer_verteidigung_nationale_sicherheit",
    11: f"{USER} zweck_personalgewinnung_oder_personalauswahl profiling_natuerlicher_personen",
    12: f"{MAKER} zweck_direkte_interaktion_natuerliche_personen",
    13: USER,
    14: f"{USER} {MAKER} system_generiert_synthetische_audio_bild_video_oder_textinhalte "
    "ki_generiert_oder_manipuliert_bild_audio_video inhalt_ist_deepfake",
    15: f"{USER} natuerliche_person_als_kreditgegenstand zweck_kreditwuerdigkeitsbewertung zweck_kredit_score "
    "profiling_natuerlicher_personen",
    16: f"{USER} zweck_personalgewinnung_oder_personalauswahl enge_verfahrensaufgabe",
    17: f"{MAKER} erzeugung_oder_manipulation_betroffenen_materials_beabsichtigt generierung "
    "realistische_darstellung_identifizierbarer_person darstellung_intimer_koerperteile "
    "system_generiert_synthetische_audio_bild_video_oder_textinhalte",
    18: f"{USER} {LIVE} {POLICE} {LAWFUL} {CHILD}",
}
UNKNOWN = {
    18: {
        COURT,
        "genehmigung_abgelehnt",
        "genehmigung_unverzueglich_beantragt",
        "hinreichend_begruendete_dringlichkeit",
        "stunden_bis_genehmigungsantrag",
    }
}
NO: Mapping[str, object] = {"BOOLEAN": False, "DEZIMAL": "0", "ENUM": "SONSTIGE_VORSCHRIFT"}


@cache
def fields(rule: str) -> dict[str, str]:
    return {name: field["typ"] for name, field in eingabevertrag(rule)["felder"].items()}


@cache
def facts(number: int) -> dict[str, object]:
    every = {name: typ for rule in RULES for name, typ in fields(rule).items()}
    true = set(TRUE[number].split())
    if true - set(every):
        raise SystemExit(f"not asked by any rule: {sorted(true - set(every))}")
    unknown = UNKNOWN.get(number, set())
    return {name: name in true or NO[typ] for name, typ in every.items() if name not in unknown}


def ask(number: int) -> dict[str, dict[str, object]]:
    known = dict(facts(number))
    found: dict[str, dict[str, object]] = {}
    for rule in RULES:
        asked = fields(rule)
        given = {name: value for name, value in known.items() if name in asked}
        found[rule] = pruefe_tatbestand(rule, given, quellenfassung=SOURCE)
        if found[rule]["status"] == "EINGABE_UNGUELTIG":
            raise SystemExit(f"{rule}: {found[rule]['hinweise']}")
        if rule == REMOTE_SYSTEM:
            known["zweck_biometrische_fernidentifizierung"] = found[rule]["wert"]
        if rule == LIVE_SYSTEM:
            used = bool(known["verwendung"] and found[rule]["wert"])
            known["verwendung_echtzeit_biometrische_fernidentifizierung"] = used
        if rule == LISTED:
            known["hochrisikosystem"] = bool(found[PRODUCT]["wert"] or found[LISTED]["wert"])
    return found


def answer(number: int) -> Answer:
    found = ask(number)
    value = {rule: each["wert"] for rule, each in found.items()}
    if value[FRAME] is False:
        says = ["Art. 2(3)"] if value[EXCLUDED] else []
        return Answer(OUTSIDE, says, len(facts(number)))
    points = ANNEX_III if value[LISTED] else {}
    said = {**PROHIBITIONS, PRODUCT: "Art. 6(1)", LISTED: "Art. 6(2)", **points, **ARTICLE_50, **SEARCHES}
    return Answer(
        verdict(value),
        [citation for rule, citation in said.items() if value[rule]],
        len(facts(number)),
        asks=sorted({str(gap) for rule in (FRAME, *PROHIBITIONS) for gap in gaps(found[rule])}),
    )


def gaps(found: Mapping[str, object]) -> list[object]:
    named = found["entscheidungsrelevante_luecken"]
    return list(named) if isinstance(named, list) else []


def verdict(value: Mapping[str, object]) -> str:
    for rules, name in (((*PROHIBITIONS,), PROHIBITED), ((PRODUCT, LISTED), HIGH), ((*ARTICLE_50,), TRANSPARENCY)):
        if any(value[rule] for rule in rules):
            return name
        if any(value[rule] is None for rule in rules):
            return UNDETERMINED
    return MINIMAL


if __name__ == "__main__":
    size = f"{len(regel_katalog())} rules, {len(pflicht_katalog())} duties"
    report(version("euaiact"), size, TRUE, answer, {f"{len(RULES)} rules": (ask, 3)})
