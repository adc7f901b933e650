"""Indicators: each finds its example and not its look-alike; traps; evidence; speed; texts made to be slow."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bench import indicators as bench

from lagrum.library import open_library
from lagrum.screening.indicators import hinted, indicate
from lagrum.screening.indicators.reader import HELD_BACK, LANGUAGES, Indicator, read_indicators
from lagrum.screening.indicators.words import LONGEST_WORD, Lexicon, matches

EVERY = [(language, each) for language in LANGUAGES for each in read_indicators(language).indicators]
BODIES = {"biometric features", "biometric trait"}


def said(text: str, language: str = "en") -> set[str]:
    return {f"{each.fact}={answer}" for each in indicate(text, language) for answer in each.answers}


def found(text: str, language: str) -> set[str]:
    return {each.indicator for each in indicate(text, language)}


@pytest.mark.parametrize(("language", "each"), EVERY, ids=lambda v: v.name if isinstance(v, Indicator) else v)
def test_an_indicator_finds_its_example_and_not_its_look_alike(language: str, each: Indicator) -> None:
    assert each.name in found(each.example, language)
    assert each.name not in found(each.counter, language)


def test_names_and_answers_are_those_of_the_vocabulary() -> None:
    facts = open_library().pack.facts
    names = [(language, each.name) for language, each in EVERY]
    assert len(names) == len(set(names))
    for _, each in EVERY:
        for fact, answers in each.says:
            assert all(facts[fact].index(answer) >= 0 for answer in answers)
            # words say "real-time", and which delay is short stays to be judged; nothing else of that kind is indicated
            assert not facts[fact].judgement or fact == "timing"
    assert set(hinted()) == {fact for _, each in EVERY for fact, _ in each.says} - HELD_BACK


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Faces in the footage are blurred before release.", "en"),
        ("GAIT: Generative AI Teleoperations for Robotics", "en"),
        ("A DNA fingerprint tells strains of bacteria apart.", "en"),
        ("The IRIS dashboard was updated.", "en"),
        ("Cameras read licence plates of passing cars.", "en"),
        ("Sentiment analysis of survey comments.", "en"),
        ("Facial pain after surgery is scored.", "en"),
        ("Voice of the customer: themes in calls.", "en"),
        ("Identification of species in drone images.", "en"),
        ("Identification of defects in welds.", "en"),
        ("Identification of duplicate documents.", "en"),
        ("Browser fingerprinting protects accounts.", "en"),
        ("This product does not use facial recognition.", "en"),
        ("Face-to-face training.", "en"),
        ("At face value the images match.", "en"),
        ("Gezichten en kentekens worden geblurd.", "nl"),
        ("Het algoritme gebruikt geen gezichtsherkenning.", "nl"),
        ("De gevoelstemperatuur in de stad.", "nl"),
        ("Vanuit dit gezichtspunt is het goed.", "nl"),
        ("De camera leest het kenteken.", "nl"),
    ],
)
def test_traps_say_nothing_of_bodies_and_identify_nobody(text: str, language: str) -> None:
    assert not {each.fact for each in indicate(text, language)} & BODIES
    assert not said(text, language) & {"practice=identification", "practice=emotion recognition"}


def test_the_right_thing_is_said_of_what_looks_alike() -> None:
    login = said("Staff log in with a fingerprint.")
    assert {"practice=verification", "biometric trait=fingerprint"} <= login
    assert "practice=identification" not in login
    assert "practice=detection" in said("Faces in the video are detected and blurred: blurring of faces in video.")
    one_to_one = said("One-to-one facial matching verifies the identity of the traveler.")
    assert "practice=verification" in one_to_one and "practice=identification" not in one_to_one
    assert "task=travel documents" in said("De scanner toetst de echtheid van het paspoort.", "nl")


def test_denials_reach_forward_and_back_but_not_beyond_the_sentence() -> None:
    assert not said("Face detection and facial recognition are not used.") & {"biometric features=yes"}
    assert "biometric features=yes" in said("It is not slow. Facial recognition finds suspects.")
    assert "biometric features=yes" in said("Not only facial recognition but iris scans, too.")


def test_the_words_stand_where_the_span_says() -> None:
    text = "Über uns: ’s avonds… the officer’s   facial\nrecognition tool, İstanbul."
    each = indicate(text, "en")
    assert each
    for one in each:
        assert text[one.start : one.end] == one.words == "facial\nrecognition"


def test_another_language_is_left_alone() -> None:
    assert indicate("facial recognition", "fr") == ()


@pytest.mark.parametrize("written", ["", "~3 face", "face ~2", "*", "face*recognition", "e-mail", "(a|b c)"])
def test_what_is_no_pattern_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Lexicon().compile(written)


def test_patterns_take_gaps_optional_words_and_both_ends_of_words() -> None:
    lexicon = Lexicon({"who": "people person*"})
    pattern = lexicon.compile("find* [all] ~2 {who}")
    whole, ending = lexicon.compile("*print"), lexicon.compile("*inger*")

    def holds(text: str) -> bool:
        return any(True for each in pattern for _ in matches(each, lexicon.read(text)))

    assert holds("finding people") and holds("finds all of the persons") and holds("finds two more people")
    assert not holds("finds one two three people") and not holds("finds. People") and not holds("people find")
    read = lexicon.read("handprint fingers printed")
    assert [m.first for m in matches(whole[0], read)] == [0]
    assert [m.first for m in matches(ending[0], read)] == [1]


HARD = {
    "one long word": "f" * 1_000_000,
    "a head again and again": "face " * 200_000,
    "heads and tails that never meet": "identify " * 60_000 + "people " * 60_000,
    "gaps upon gaps": "compare of of of of of faces of of of of of of of " * 20_000,
    "denials": "not facial recognition " * 43_000,
    "breaks": "face.\n\n" * 140_000,
    "blanks": " " * 1_000_000,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_no_text_of_a_megabyte_takes_long(text: str) -> None:
    """A reader that went back and forth would take hours; this is some fifty times what it takes."""
    began = time.process_time()
    indicate(text, "en")
    indicate(text, "nl")
    assert time.process_time() - began < 30


def test_words_beyond_a_length_match_nothing() -> None:
    lexicon = Lexicon()
    (pattern,) = lexicon.compile("face*")
    assert next(matches(pattern, lexicon.read("face" + "x" * (LONGEST_WORD - 4))), None)
    assert next(matches(pattern, lexicon.read("face" + "x" * LONGEST_WORD)), None) is None


def test_labels_are_in_the_words_of_the_vocabulary() -> None:
    facts = open_library().pack.facts
    seen: set[tuple[str, int]] = set()
    for part in bench.PARTS:
        for label in bench.read_labels(part):
            assert (label.register, label.row) not in seen  # no row is in two parts
            seen.add((label.register, label.row))
            for saying in label.sure | label.unsure:
                fact, answer = saying.split("=")
                assert facts[fact].index(answer) >= 0
    assert len(seen) >= 200


def test_the_page_tells_what_the_files_hold_and_what_was_measured(shared: Path) -> None:
    page = bench.PAGE.read_text(encoding="utf-8")
    labels, found, _ = bench.measure(shared / "data")
    assert bench.filled(page, labels, found) == page, "run `python -m bench.indicators --write`"
