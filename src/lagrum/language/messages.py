"""The words of everything the reader says about text that it cannot read."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from lagrum.language.problems import listing, quote
from lagrum.model.diagnostics import Diagnostic, Related
from lagrum.model.places import Place


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like a misspelt one."""
    if len(word) > 60:
        return None
    return next(iter(difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)), None)


def meant(word: str, known: Sequence[str]) -> str:
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else f"one of {listing(known, len(known))}"


# --- layout -------------------------------------------------------------------------------------------------------


def indented_by_tab(place: Place, *, indentation: bool) -> Diagnostic:
    message = "a tab indents this line" if indentation else "a tab stands in this line"
    mend = "indent by two blanks for each level" if indentation else "put a blank in its place"
    return Diagnostic("LG0101", message, place, mend)


def odd_indentation(place: Place, indent: int) -> Diagnostic:
    blanks = "1 blank" if indent == 1 else f"{indent} blanks"
    return Diagnostic("LG0204", f"this line is indented by {blanks}", place, "indent by two blanks for each level")


def indented_too_far(place: Place, indent: int, most: int) -> Diagnostic:
    return Diagnostic(
        "LG0205",
        f"this line is indented by {indent} blanks under a line that allows {most}",
        place,
        "a line stands at most one level, two blanks, below the one before it",
    )


def hangs_in_the_air(place: Place) -> Diagnostic:
    return Diagnostic(
        "LG0205", "this line belongs to no sentence", place, "start the sentence at the left margin of the block"
    )


def nothing_below(place: Place) -> Diagnostic:
    return Diagnostic(
        "LG0205",
        "the line before this one takes no lines below it",
        place,
        "put this line on the same level, or take it out",
    )


def list_not_carried_on(place: Place) -> Diagnostic:
    return Diagnostic(
        "LG0205",
        "this line carries on the one above but is not indented below it",
        place,
        "indent it one level deeper, or take away the comma at the end of the line above",
    )


def nested_too_deep(place: Place, most: int) -> Diagnostic:
    return Diagnostic(
        "LG0206",
        f"this line is nested deeper than {most} levels",
        place,
        "give the inner conditions a name with `define` and use that name here",
    )


def line_too_long(place: Place, most: int) -> Diagnostic:
    mend = "break it; a long text can go on in a further quoted string"
    return Diagnostic("LG0207", f"this line is longer than {most} characters", place, mend)


def sentence_too_long(place: Place, most: int) -> Diagnostic:
    mend = "make several sentences of it"
    return Diagnostic("LG0207", f"this sentence is longer than {most} characters", place, mend)


# --- words --------------------------------------------------------------------------------------------------------


def bad_date(place: Place, text: str) -> Diagnostic:
    mend = "write year, month and day, for example 2026-08-02"
    return Diagnostic("LG0216", f"{quote(text)} is not a date", place, mend)


def bad_number(place: Place, text: str) -> Diagnostic:
    return Diagnostic(
        "LG0217", f"{quote(text)} is not a number that can stand here", place, "write digits, for example 4 or 0.5"
    )


_UNIT_WORDS = {
    "art": "Art.", "article": "Art.", "section": "Sec.", "sec": "Sec.", "chapter": "Ch.", "paragraph": "Para.",
    "para": "Para.", "annex": "Annex", "recital": "Recital", "rule": "Rule", "title": "Title", "point": "Point",
}  # fmt: skip
_UNIT = re.compile(r"([A-Za-z]+)\.? *([0-9IVX].*)")


def bad_citation(place: Place, text: str) -> Diagnostic:
    match = _UNIT.fullmatch(text)
    unit = _UNIT_WORDS.get(match[1].lower()) if match else None
    mend = "write a unit, its number and steps in round brackets, for example Art. 5(1)(h) or § 15(b)"
    if match and unit:
        mend = f"write {quote(f'{unit} {match[2]}')}"
    return Diagnostic("LG0218", f"{quote(text)} is not a citation", place, mend)


def bad_count(place: Place, count: str, items: int) -> Diagnostic:
    mend = "write `any of` for one of them, `all of` for every one, or a number in between"
    lines = "1 condition" if items == 1 else f"{items} conditions"
    outcome = "always holds" if not count.strip("0") else "never holds"
    message = f"`at least {quote(count)[1:-1]} of` {lines} {outcome}"
    return Diagnostic("LG0215", message, place, mend)


# --- sentences and clauses ----------------------------------------------------------------------------------------

_OTHER_WORDS = {
    "if": "write `when`",
    "provided": "write `when`",
    "where": "write `when`",
    "except": "an exception is a sentence of its own, at the left margin: `except CITATION to CITATION`",
    "delete": "write `repeal`",
    "remove": "write `repeal`",
    "add": "write `insert`",
    "and": "conditions stand one a line under `all of`",
    "or": "conditions stand one a line under `any of`",
}


def unknown_sentence(
    place: Place, word: str, guess: str | None, known: Sequence[str], clauses: Sequence[str]
) -> Diagnostic:
    if word in clauses:
        mend = "it is a clause, which stands below its sentence, indented by two blanks"
        return Diagnostic("LG0201", f"no sentence starts with {quote(word)}", place, mend)
    mend = f"did you mean `{guess}`?" if guess else f"a sentence starts with one of {listing(known, len(known))}"
    return Diagnostic("LG0201", f"no sentence starts with {quote(word)}", place, mend)


def unknown_clause(place: Place, line: str, kind: str, known: Sequence[str]) -> Diagnostic:
    word = line.split()[0]
    if word in _OTHER_WORDS and word not in known:
        mend = _OTHER_WORDS[word]
    elif not known:
        return Diagnostic("LG0202", f"`{kind}` takes no clauses", place, "take this line out")
    else:
        firsts = {each.split()[0]: each for each in known}
        guess = nearest(word, firsts)
        mend = f"did you mean `{firsts[guess]}`?" if guess else f"its clauses are {listing(known, len(known))}"
    return Diagnostic("LG0202", f"`{kind}` has no clause {quote(word)}", place, mend)


def said_twice(place: Place, word: str, kind: str, first: Place) -> Diagnostic:
    joined = word in ("when", "unless", "met when")
    mend = "join the conditions under one `all of` or `any of`" if joined else "keep one"
    related = (Related(first, "first here"),)
    return Diagnostic("LG0211", f"`{word}` stands twice in this `{kind}`", place, mend, related=related)


def out_of_order(place: Place, word: str, after: str, order: Sequence[str]) -> Diagnostic:
    listed = ", ".join(f"`{each}`" for each in order)
    return Diagnostic("LG0212", f"`{word}` stands after `{after}`", place, f"the order is {listed}")


def clause_missing(place: Place, kind: str, missing: Sequence[Sequence[str]]) -> Diagnostic:
    words = ", ".join(" or ".join(f"`{word}`" for word in each) for each in missing)
    return Diagnostic("LG0213", f"this `{kind}` lacks {words}", place, "add the line, indented by two blanks")


# --- single lines -------------------------------------------------------------------------------------------------


def unexpected(place: Place, word: str, expected: str) -> Diagnostic:
    return Diagnostic("LG0203", f"{quote(word)} cannot stand here", place, f"expected {expected}")


def unexpected_end(place: Place, expected: str) -> Diagnostic:
    return Diagnostic("LG0203", "the line ends too early", place, f"expected {expected}")


def quote_missing(place: Place) -> Diagnostic:
    return Diagnostic("LG0208", "this text has no closing quotation mark", place, 'end it with `"` on the same line')


def infix(place: Place, word: str) -> Diagnostic:
    group = "any of" if word.lower() in ("or", "|", "||") else "all of"
    return Diagnostic(
        "LG0209",
        f"{quote(word)} joins two conditions on one line",
        place,
        f"write each condition on a line of its own under `{group}`",
    )


def operator(place: Place, word: str) -> Diagnostic:
    mend = {
        "=": "write `is`", "==": "write `is`", "!=": "write `is not`", "<>": "write `is not`", "≠": "write `is not`",
        "<": "write `less than`", ">": "write `more than`", "<=": "write `at most`", "≤": "write `at most`",
        ">=": "write `at least`", "≥": "write `at least`",
    }[word]  # fmt: skip
    return Diagnostic("LG0210", f"conditions are written in words, not with {quote(word)}", place, mend)


def empty_group(place: Place, words: str) -> Diagnostic:
    return Diagnostic(
        "LG0214", f"nothing stands below {quote(words)}", place, "list what belongs to it below, indented by two blanks"
    )


def clause_without_condition(place: Place, words: str) -> Diagnostic:
    return Diagnostic(
        "LG0214",
        f"{quote(words)} has no condition",
        place,
        "put the condition on the same line, or `all of` with conditions indented below",
    )


def splits_a_name(place: Place, word: str) -> Diagnostic:
    return Diagnostic(
        "LG0219",
        f"{quote(word)} cannot be part of a name",
        place,
        "it splits a line into a name and what is said of it; choose a name without it",
    )


def negated_test(place: Place, word: str) -> Diagnostic:
    mend = "write `NAME is not ANSWER`" if word == "is" else "put the condition below `none of`"
    return Diagnostic("LG0203", f"{quote(word)} cannot stand behind `not NAME`", place, mend)


def clause_on_the_same_line(place: Place, word: str) -> Diagnostic:
    return Diagnostic(
        "LG0203", f"`{word}` cannot stand here", place, f"start a line with `{word}`, one level below its sentence"
    )


def list_not_here(place: Place) -> Diagnostic:
    return Diagnostic(
        "LG0220",
        "only one answer can stand here",
        place,
        "a list may follow `in` (a fact with one answer) or `has only` (with several); else write one condition a line "
        "under `all of` or `any of`",
    )


def typographic_quote(place: Place, letter: str) -> Diagnostic:
    return Diagnostic("LG0221", f"`{letter}` does not mark a text", place, 'write the straight quotation mark `"`')


def invisible(place: Place, letter: str) -> Diagnostic:
    name = unicodedata.name(letter, "a control character").lower()
    message = f"an invisible character, U+{ord(letter):04X} ({name}), stands here"
    return Diagnostic("LG0222", message, place, "delete it, or type a blank")


# --- blocks -------------------------------------------------------------------------------------------------------


def not_closed(place: Place) -> Diagnostic:
    return Diagnostic("LG0105", "this law block is never closed", place, "end it with a line of three backticks")


def nested_block(place: Place) -> Diagnostic:
    message = "a law block inside a list or a quotation is not read"
    return Diagnostic("LG0106", message, place, "move it to the left margin of the page")


def too_many(place: Place, hidden: int) -> Diagnostic:
    return Diagnostic(
        "LG0107", f"after {hidden} mistakes the rest of this file was not read", place, "mend these first"
    )


def too_large(place: Place, most: int) -> Diagnostic:
    return Diagnostic(
        "LG0108", f"this text has more than {most} characters", place, "split it, for example by chapter or annex"
    )
