"""National laws that attach to a provision: read, taken in with the law they attach to, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assess import assess
from tests.language.house import HEAD, law, load, write

DAY = date(2025, 1, 1)
FACTS = """# Base

```law
fact country "Where?"
  one of
    here
    there

fact watching "Is somebody watched?"
  yes/no

fact grave "Is the offence grave?"
  yes/no

fact national law authorises "Does a national law provide for it?"
  yes/no
```
"""
BASE = """
forbid Art. 5(1) "watching"
  when watching

except Art. 5(2) "with a national law" to Art. 5(1)
  when Art. 5(5) is met

require Art. 5(5) "a national law"
  when watching
  met when national law authorises
"""
NATIONAL = """
attaches to base-act Art. 5(5)

scope § 1 "here"
  when country is here

permit § 2 "against grave offences"
  when grave

require § 3 "a report"
  when watching
"""
LATER = HEAD.replace("in force 2024-08-01", "published 2024-09-01\n  in force 2024-10-01")


def library(folder: Path, national: str = NATIONAL) -> Library:
    files = {
        "vocabulary/base.md": FACTS,
        "eu/act.md": law(BASE, "base-act"),
        "here/law.md": law(national, "here-law", head=LATER),
    }
    return open_library([write(folder, files)], built_in=False)


def case(found: Library, **facts: str) -> Case:
    given = {name.replace("_", " "): value for name, value in facts.items()}
    from lagrum.language import parse_given

    read = (parse_given(f"{name}={value}", found.pack.facts) for name, value in given.items())
    return Case("a case", {each.fact: each for each in read})


def test_where_a_law_is_attached_its_permits_answer_and_elsewhere_a_question_does(tmp_path: Path) -> None:
    found = library(tmp_path)
    assert found.diagnostics == ()
    act = found.law("base-act")
    assert [i.id for i in act.attached] == ["here-law"]
    permitted = assess(act, case(found, watching="yes", country="here", grave="yes"), DAY)
    assert permitted.ruling is Ruling.EXCEPTED
    head = permitted.to_dict()
    assert head["laws"][0]["attached"] == ["here-law"] and "here-law" in head["review"]  # type: ignore[index,operator]
    assert assess(act, case(found, watching="yes", country="here", grave="no"), DAY).ruling is Ruling.FORBIDDEN
    open_ = assess(act, case(found, watching="yes", country="there", grave="yes"), DAY)
    assert open_.possible == (Ruling.FORBIDDEN, Ruling.EXCEPTED)
    assert [m.fact for m in open_.missing] == ["national law authorises"]
    unknown = assess(act, case(found, watching="yes", country="here"), DAY)
    assert [(m.fact, m.citation) for m in unknown.missing] == [("grave", "here-law § 2")]
    assert assess(act, case(found, watching="no", country="here"), DAY).ruling is Ruling.UNREGULATED


def test_an_attached_law_can_be_left_out_and_is_not_known_before_it_is_published(tmp_path: Path) -> None:
    found = library(tmp_path)
    assert found.laws(["base-act"], attached=False)[0].attached == ()
    assert found.law("base-act", text_of=date(2024, 8, 31)).attached == ()
    assert len(found.law("base-act", text_of=date(2024, 9, 1)).attached) == 1
    both = found.law("base-act+here-law")
    assert both.attached == ()
    of_both = assess(both, case(found, watching="yes", country="here", grave="yes"), DAY)
    assert of_both.ruling is Ruling.EXCEPTED  # read together they attach all the same
    before = assess(found.law("base-act"), case(found, watching="yes", country="here"), date(2024, 9, 15))
    assert [m.fact for m in before.missing] == ["national law authorises"]


def test_a_law_cannot_permit_what_hangs_on_its_own_permission(tmp_path: Path) -> None:
    body = NATIONAL.replace("when grave", "when base-act Art. 5(5) is met")
    assert {d.code for d in library(tmp_path, body).diagnostics} == {"LG0503"}


def test_what_is_attached_to_must_be_a_duty(tmp_path: Path) -> None:
    body = NATIONAL.replace("attaches to base-act Art. 5(5)", "attaches to base-act Art. 5(1)")
    assert [d.code for d in library(tmp_path, body).diagnostics] == ["LG0409"]
    assert [d.code for d in load(tmp_path / "b", "attaches to Art. 1\n\nrequire Art. 1").diagnostics] == ["LG0516"]


def test_the_same_law_is_the_same_object(tmp_path: Path) -> None:
    found = library(tmp_path)
    assert found.law("base-act") is found.law("base-act")
    assert replace(found.law("base-act")) == found.law("base-act")
