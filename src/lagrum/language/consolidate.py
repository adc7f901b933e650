"""Consolidation: the text in force, from a text as it was made and the acts that amend it.

Amendments are taken day by day. On one day all that they take away or change is looked for in the text as it stood
before that day, and what they add comes last, so that the order of the acts does not matter. What was in effect before
an amendment keeps its wording up to that day; what was not, is changed in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from lagrum.language import syntax as s
from lagrum.language.edits import NothingLeft, add_item, change_condition, changed, days_in, with_days
from lagrum.language.placed import Amendment, Placed
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.resolve_header import read_dates
from lagrum.language.words import words_of_cite, words_of_condition
from lagrum.model.citations import Citation
from lagrum.model.places import Place

Change = s.Redate | s.Repeal | s.Insert | s.Replace
Item = tuple[Amendment, Change]


def consolidate(text: Sequence[Placed], in_force: date | None, amendments: Iterable[Amendment]) -> list[Placed]:
    """The text with the amendments made. What cannot be made is noted in the problems of its act and left undone."""
    writer = _Writer(list(text), in_force)
    ordered = sorted(amendments, key=lambda each: (each.start, each.act, each.node.place))
    for day, group in groupby(ordered, key=lambda each: each.start):
        writer.amend(day, [(amendment, change) for amendment in group for change in amendment.node.changes])
    return writer.text


@dataclass
class _Writer:
    text: list[Placed]
    in_force: date | None
    dates: dict[str, date] = field(default_factory=dict)
    claims: list[tuple[Placed | str, str, Amendment, Change]] = field(default_factory=list)
    told: set[tuple[Change, Change]] = field(default_factory=set)

    def amend(self, day: date, items: Sequence[Item]) -> None:
        """Make all changes that begin on the day."""
        self.claims = []
        self._add_dates(items)
        self._redate(day, [(a, c) for a, c in items if isinstance(c, s.Redate)])
        stood = list(self.text)
        edits: dict[int, list[tuple[Amendment, s.Repeal | s.Insert | s.Replace]]] = {}
        whole: list[tuple[Amendment, s.Repeal | s.Replace, list[Placed]]] = []
        for amendment, change in items:
            match change:
                case s.Redate():
                    pass
                case s.Insert(cite=None):
                    pass
                case s.Repeal(condition=None) | s.Replace(old=None):
                    whole.append((amendment, change, self._whole(day, amendment, change)))
                case _:
                    for placed in self._inside(day, amendment, change):
                        edits.setdefault(stood.index(placed), []).append((amendment, change))
        for at, made in edits.items():
            self._edit(day, stood[at], made)
        for amendment, change, found in whole:
            self._take_out(day, amendment, change, found)
        for amendment, change in items:
            if isinstance(change, s.Insert) and change.cite is None:
                for sentence in change.sentences:
                    self._insert(day, amendment, sentence)
        self._settle_dates()

    # --- dates -----------------------------------------------------------------------------------------------

    def _settle_dates(self) -> None:
        self.dates = read_dates([p.sentence for p in self.text if isinstance(p.sentence, s.DateS)], Problems())

    def _add_dates(self, items: Sequence[Item]) -> None:
        for amendment, change in items:
            for sentence in change.sentences if isinstance(change, s.Insert | s.Replace) else ():
                if isinstance(sentence, s.DateS):
                    self.text.append(Placed(sentence, amendment.headings, by=(amendment.name,)))
        self._settle_dates()

    def _redate(self, day: date, items: Sequence[tuple[Amendment, s.Redate]]) -> None:
        before = dict(self.dates)
        acts: dict[str, str] = {}
        for amendment, change in items:
            name = change.name.text
            new = amendment.day(change.day, before)
            if name not in before:
                mend = amendment.problems.meant(name, before) or f"there are {listing(list(before))}"
                self._missing(amendment, f"no date is called {quote(name)} there", change.name.place, mend)
            elif any(isinstance(p.sentence, s.AmendS) and p.sentence.starts.value == name for p in self.text):
                message = f"amendments of {quote(amendment.target)} begin on {quote(name)}, and cannot be moved"
                mend = "amend the text that they amend"
                amendment.problems.error("LG0515", message, change.name.place, mend=mend)
            elif new is not None and self._claim(name, name, amendment, change):
                if min(before[name], new) < day:
                    self._too_late(amendment, change, before[name], new, day)
                    continue
                acts[name] = amendment.name
                self.text = [self._with_date(placed, change, new, amendment) for placed in self.text]
        self._settle_dates()
        moved = {name: old for name, old in before.items() if self.dates.get(name) != old}
        if moved:
            by = next(iter(acts.values()))
            self.text = [part for placed in self.text for part in self._moved(placed, moved, day, by)]

    def _with_date(self, placed: Placed, change: s.Redate, new: date, amendment: Amendment) -> Placed:
        if not isinstance(placed.sentence, s.DateS) or placed.sentence.name.text != change.name.text:
            return placed
        sentence = replace(placed.sentence, day=s.Day(change.day.place, new))
        return replace(placed, sentence=sentence, by=(*placed.by, amendment.name))

    def _too_late(self, amendment: Amendment, change: s.Redate, old: date, new: date, day: date) -> None:
        what = f"{old}, had already passed" if old < day else f"now {new}, would have passed"
        amendment.problems.error(
            "LG0514",
            f"the day {quote(change.name.text)}, {what} when the amendment begins on {day}",
            change.place,
            mend="a day can be moved only before it has come, and only to a day still to come",
        )

    def _moved(self, placed: Placed, moved: Mapping[str, date], day: date, by: str) -> list[Placed]:
        """A sentence that names a moved day. Where it was in effect already and its conditions name the day, the old
        day stays in the old wording."""
        sentence = placed.sentence
        if not days_in(sentence) & set(moved) or isinstance(sentence, s.DateS) or not self._alive(placed, day):
            return [placed]
        tested = days_in(sentence, conditions_only=True) & set(moved)
        after = replace(placed, by=(*placed.by, by))
        if not tested:
            return [after]
        old, new = self._split(after, day, placed, by)
        if old is None:
            return [new]
        return [replace(old, sentence=with_days(old.sentence, {n: d for n, d in moved.items() if n in tested})), new]

    # --- what is there ---------------------------------------------------------------------------------------

    def _alive(self, placed: Placed, day: date) -> bool:
        """Whether the wording has not ended by that day."""
        end = placed.until
        if isinstance(placed.sentence, s.NormS) and placed.sentence.until is not None:
            end = self._value(placed.sentence.until)
        return not placed.ended_by and (end is None or end > day)

    def _value(self, day: s.Day) -> date | None:
        return self.dates.get(day.value) if isinstance(day.value, str) else day.value

    def _find(self, cite: s.Cite, day: date, exactly: bool) -> list[Placed]:
        def meant(placed: Placed) -> bool:
            citation = placed.citation
            if citation is None or not cite.citation.covers(citation) or not self._alive(placed, day):
                return False
            return (not exactly or citation == cite.citation) and (cite.label is None or placed.label == cite.label)

        return [placed for placed in self.text if meant(placed)]

    def _whole(self, day: date, amendment: Amendment, change: s.Repeal | s.Replace) -> list[Placed]:
        """The wordings that the change takes out."""
        found = self._find(change.cite, day, exactly=False)
        if not found:
            self._nothing_at(amendment, change.cite, day)
        return [placed for placed in found if self._claim(placed, "", amendment, change)]

    def _inside(self, day: date, amendment: Amendment, change: s.Repeal | s.Insert | s.Replace) -> list[Placed]:
        """The norms at exactly the citation that the change is made in: those that hold the condition."""
        cite = change.cite
        assert cite is not None, "an insertion of sentences is made elsewhere"
        norms = [p for p in self._find(cite, day, exactly=True) if isinstance(p.sentence, s.NormS)]
        if not norms:
            self._nothing_at(amendment, cite, day)
            return []
        wanted = _wanted(change)
        if isinstance(change, s.Insert):
            holding = norms
        else:
            holding = [p for p in norms if isinstance(p.sentence, s.NormS) and changed(p.sentence, wanted, None)]
        if not holding:
            message = f"{quote(words_of_cite(cite))} has no condition {quote(words_of_condition(wanted))}"
            self._missing(amendment, message, wanted.place, "write the condition as it stands there")
        return [placed for placed in holding if self._claim(placed, words_of_condition(wanted), amendment, change)]

    def _nothing_at(self, amendment: Amendment, cite: s.Cite, day: date) -> None:
        known = {str(placed.citation): None for placed in self.text if placed.citation and self._alive(placed, day)}
        mend = amendment.problems.meant(str(cite.citation), known)
        ended = any(p.ended_by for p in self.text if p.citation and cite.citation.covers(p.citation))
        if ended:
            mend = "an earlier amendment has taken it out"
        message = f"nothing stands at {quote(words_of_cite(cite))} of {quote(amendment.target)} on {day}"
        self._missing(amendment, message, cite.place, mend or "an amendment names what the text has on its day")

    def _missing(self, amendment: Amendment, message: str, place: Place, mend: str) -> None:
        amendment.problems.error("LG0512", message, place, mend=mend)

    def _claim(self, what: Placed | str, part: str, amendment: Amendment, change: Change) -> bool:
        """Whether nobody else changes the same thing on the same day; two repeals of it agree."""
        for other, of, rival, earlier in self.claims:
            if other != what or (part and of and part != of):
                continue
            if isinstance(change, s.Repeal) and isinstance(earlier, s.Repeal) and part == of:
                return False  # done already
            if (earlier, change) in self.told:
                return False
            self.told.add((earlier, change))
            thing = what if isinstance(what, str) else str(what.citation)
            acts = [quote(amendment.name)] if rival.act == amendment.act else [quote(rival.name), quote(amendment.name)]
            amendment.problems.error(
                "LG0513",
                f"{quote(thing)} is changed twice on {amendment.start} by {' and '.join(acts)}",
                change.place,
                mend="make one change of the two, or let one begin on another day",
                related=[(earlier.place, "the other change")],
            )
            rival.problems.failed = True
            return False
        self.claims.append((what, part, amendment, change))
        return True

    # --- changes ---------------------------------------------------------------------------------------------

    def _split(self, placed: Placed, day: date, before: Placed, by: str) -> tuple[Placed | None, Placed]:
        """The wording up to the day, where it was in effect before it, and from the day on. `before` is what ends."""
        node = placed.sentence
        if not isinstance(node, s.NormS):
            old = replace(before, until=day, ended_by=by) if before.since is None or before.since < day else None
            return old, replace(placed, since=day)
        begun = [start for start in node.starts if (value := self._value(start.day)) is not None and value < day]
        effective = bool(begun) if node.starts else self.in_force is None or self.in_force < day
        if not effective:
            return None, placed
        day_node = s.Day(node.place, day)
        assert isinstance(before.sentence, s.NormS)
        ended = replace(before.sentence, starts=tuple(begun), until=day_node)
        starts = tuple(replace(start, day=day_node) if start in begun else start for start in node.starts)
        onward = replace(node, starts=starts or (s.StartClause(node.place, day_node, None),))
        return replace(before, sentence=ended, ended_by=by), replace(placed, sentence=onward)

    def _put(self, placed: Placed, parts: Iterable[Placed | None]) -> None:
        at = next(i for i, other in enumerate(self.text) if other is placed)
        self.text[at : at + 1] = [part for part in parts if part is not None]

    def _edit(
        self, day: date, placed: Placed, made: Sequence[tuple[Amendment, s.Repeal | s.Insert | s.Replace]]
    ) -> None:
        """Change single conditions of one norm."""
        by = tuple(dict.fromkeys(amendment.name for amendment, _ in made))
        old, new = self._split(replace(placed, by=(*placed.by, *by)), day, placed, ", ".join(by))
        node = new.sentence
        for amendment, change in made:
            assert isinstance(node, s.NormS)
            wanted = _wanted(change)
            try:
                if isinstance(change, s.Insert):
                    node = replace(node, when=add_item(node.when, wanted))
                else:
                    node = change_condition(node, wanted, change.new if isinstance(change, s.Replace) else None)
            except NothingLeft:
                amendment.problems.error(
                    "LG0515",
                    f"{quote(words_of_condition(wanted))} is the only condition of its list",
                    wanted.place,
                    mend="replace the provision, or repeal the whole list",
                )
        self._put(placed, (old, replace(new, sentence=node)))

    def _take_out(self, day: date, amendment: Amendment, change: s.Repeal | s.Replace, found: Sequence[Placed]) -> None:
        """End the wordings on the day, and put the new ones in their place."""
        new = [self._begun(day, amendment, each) for each in getattr(change, "sentences", ())]
        if found:
            new = [replace(each, headings=found[0].headings) for each in new]
        same = {each.identity for each in new}
        last = max(range(len(found)), key=lambda i: (isinstance(found[i].sentence, s.NormS), i), default=0)
        for i, placed in enumerate(found):
            old, onward = self._split(placed, day, placed, amendment.name)
            if old is None and placed.identity not in same and isinstance(placed.sentence, s.NormS):
                # It never took effect, and stays so that what refers to it is not left without a place.
                onward = replace(onward, sentence=replace(placed.sentence, until=s.Day(change.place, day)))
                old = replace(onward, ended_by=amendment.name)
            self._put(placed, (old, *(new if i == last else ())))

    def _begun(self, day: date, amendment: Amendment, sentence: s.Sentence) -> Placed:
        """A new sentence, from the day or from its own later one. Days that only the act names are put in for names."""
        own = {name: value for name, value in amendment.dates.items() if name not in self.dates}
        sentence = with_days(sentence, own)
        placed = Placed(sentence, amendment.headings, by=(amendment.name,))
        if isinstance(sentence, s.NoteS | s.ElsewhereS):
            return replace(placed, since=day)
        if not isinstance(sentence, s.NormS):
            return placed
        first = s.Day(sentence.place, day)
        starts = tuple(
            replace(start, day=first) if (value := self._value(start.day)) is not None and value < day else start
            for start in sentence.starts
        )
        starts = starts or (s.StartClause(sentence.place, first, None),)
        return replace(placed, sentence=replace(sentence, starts=starts))

    def _insert(self, day: date, amendment: Amendment, sentence: s.Sentence) -> None:
        if isinstance(sentence, s.DateS):
            return  # there already
        placed = self._begun(day, amendment, sentence)
        self.text.insert(_where(placed.citation, self.text), placed)


def _wanted(change: s.Repeal | s.Insert | s.Replace) -> s.Condition:
    """The condition that the change speaks of."""
    found = change.old if isinstance(change, s.Replace) else change.condition
    assert found is not None, "a change of a single condition names it"
    return found


def _where(citation: Citation | None, text: Sequence[Placed]) -> int:
    """Where a new provision stands: behind the last one before it in the order of citations."""
    if citation is None:
        return len(text)
    wanted = _rank(citation)
    before: tuple[Rank, int] | None = None
    behind: tuple[Rank, int] | None = None
    for i, placed in enumerate(text):
        if placed.citation is None or not isinstance(placed.sentence, s.NormS):
            continue
        rank = _rank(placed.citation)
        if rank[0] != wanted[0]:
            continue  # another unit
        if rank <= wanted and (before is None or rank >= before[0]):
            before = rank, i
        elif rank > wanted and (behind is None or rank < behind[0]):
            behind = rank, i
    if before is not None:
        return before[1] + 1
    return behind[1] if behind is not None else len(text)


Rank = tuple[tuple[str, int, str], ...]


def _rank(citation: Citation) -> Rank:
    """A citation in the order in which a text counts: 2 before 10, 4 before 4a before 5."""

    def step(text: str) -> tuple[str, int, str]:
        unit, number, rest = re.fullmatch(r"([^0-9]*?)\s*([0-9]*)([^0-9]*.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        return (unit, int(number), rest) if number else ("", -1, text)

    unit, _, number = citation.path[0].partition(" ")
    return ((unit, 0, ""), *(step(part) for part in (number, *citation.path[1:])))
