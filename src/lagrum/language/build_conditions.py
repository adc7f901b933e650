"""From Lark's tree to words and conditions: the lower half of `build`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from lark import Token, Tree

from lagrum.language import syntax as s
from lagrum.language.messages import bad_citation, bad_count, bad_date, bad_number, infix
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.places import Place

Branch = Tree[Token]

MAX_DIGITS = 18
_ESCAPE = re.compile(r'\\(["\\])')
_LIKE_A_DATE = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{4}-?[0-9]*|[0-9]{8}")
_DANGLING = re.compile(r"^(?:and|or) | (?:and|or)$")
_NOWHERE = Citation(("Art. 0",))


class Words:
    """Reads names, texts, citations, days and conditions out of a tree."""

    file: str
    line: int
    column: int
    problems: list[Diagnostic]

    def place(self, node: Token | Branch) -> Place:
        at = node if isinstance(node, Token) else node.meta
        line, column, end_line, end_column = at.line or 1, at.column or 1, at.end_line or 1, at.end_column or 1
        return Place(self.file, line + self.line, column + self.column, end_line + self.line, end_column + self.column)

    # --- finding children

    def trees(self, tree: Branch, data: str | None = None) -> list[Branch]:
        return [c for c in tree.children if isinstance(c, Tree) and (data is None or c.data == data)]

    def one(self, tree: Branch, data: str) -> Branch | None:
        return next(iter(self.trees(tree, data)), None)

    def need(self, tree: Branch, data: str) -> Branch:
        return self.trees(tree, data)[0]

    def token(self, tree: Branch, kind: str) -> Token:
        return next(c for c in tree.children if isinstance(c, Token) and c.type == kind)

    # --- words

    def words(self, node: Token | Branch) -> str:
        """The words of a node as written, with single blanks between them."""
        if isinstance(node, Token):
            return " ".join(node.split())
        return " ".join(self.words(child) for child in node.children)

    def name(self, tree: Branch) -> s.Name:
        text = self.words(tree)
        dangling = _DANGLING.search(text)
        if dangling is not None:
            self.problems.append(infix(self.place(tree), dangling[0].strip()))
        return s.Name(self.place(tree), text)

    def names(self, tree: Branch) -> tuple[s.Name, ...]:
        return tuple(self.name(child) for child in self.trees(tree))

    def text(self, tree: Branch) -> str:
        return " ".join(unquote(str(child)) for child in tree.children)

    def text_in(self, tree: Branch | None) -> str:
        found = self.one(tree, "text") if tree is not None else None
        return self.text(found) if found is not None else ""

    def free(self, token: Token) -> s.Text:
        place, text = self.place(token), token.strip()
        start = place.column + len(token) - len(token.lstrip())
        return s.Text(Place(place.file, place.line, start, place.line, start + len(text)), text)

    def citation(self, token: Token) -> Citation:
        try:
            return parse_citation(token)
        except ValueError:
            self.problems.append(bad_citation(self.place(token), str(token)))
            return _NOWHERE

    def bracket(self, tree: Branch) -> Citation | None:
        found = self.one(tree, "bracket")
        return self.citation(self.token(found, "CITATION")) if found is not None else None

    def cite(self, tree: Branch) -> s.Cite:
        instrument: str | None = None
        label: str | None = None
        for child in tree.children:
            if isinstance(child, Token) and child.type == "WORD":
                instrument = str(child)
            elif isinstance(child, Token) and child.type == "STRING":
                label = unquote(str(child))
        return s.Cite(self.place(tree), self.citation(self.token(tree, "CITATION")), instrument, label)

    def cites(self, tree: Branch) -> tuple[s.Cite, ...]:
        return tuple(self.cite(child) for child in self.trees(tree))

    def day(self, tree: Branch) -> s.Day:
        first = tree.children[0]
        if isinstance(first, Token) and first.type == "DAY":
            return s.Day(self.place(tree), self.date_of(first))
        text = self.words(tree)
        if _LIKE_A_DATE.fullmatch(text):
            self.problems.append(bad_date(self.place(tree), text))
        return s.Day(self.place(tree), text)

    def date_of(self, token: Token) -> date:
        try:
            return date.fromisoformat(token)
        except ValueError:
            self.problems.append(bad_date(self.place(token), str(token)))
            return date.min

    def number(self, token: Token) -> Decimal:
        if len(token) > MAX_DIGITS:
            self.problems.append(bad_number(self.place(token), str(token)))
            return Decimal(0)
        return Decimal(token)

    # --- conditions

    def condition_in(self, tree: Branch) -> s.Condition:
        """The condition that a clause holds."""
        return self.condition(self.trees(tree)[0])

    def condition(self, tree: Branch) -> s.Condition:
        if tree.data == "group":
            return self.group(tree)
        place, citation = self.place(tree), self.bracket(tree)
        kinds = {child.type for child in tree.children if isinstance(child, Token)}
        match str(tree.data), [child for child in self.trees(tree) if child.data != "bracket"]:
            case "bare", [name]:
                return s.Bare(place, self.name(name), "NOT" in kinds, citation)
            case "is", [name, value]:
                return s.Is(place, self.name(name), self.name(value), "NOT" in kinds, citation)
            case "in", [name, values]:
                return s.In(place, self.name(name), self.names(values), citation)
            case "has", [name, values]:
                mode = "only" if "ONLY" in kinds else "none of" if "NONE_OF" in kinds else ""
                return s.Has(
                    place, self.name(name), mode, self.names(values) if mode else (self.name(values),), citation
                )
            case "compare", [name, *unit]:
                operator, number = (child for child in tree.children if isinstance(child, Token))
                text = self.words(unit[0]) if unit else ""
                return s.Compare(place, self.name(name), self.words(operator), self.number(number), text, citation)
            case "before", [name, day]:
                word = self.words(next(child for child in tree.children if isinstance(child, Token)))
                return s.When(place, self.name(name), word, self.day(day), citation)
            case ("applies" | "is_met") as verb, [cite]:
                return s.CiteTest(place, self.cite(cite), verb.replace("_", " "), citation)
            case other:
                raise AssertionError(f"the grammar has a condition that nothing builds: {other}")

    def group(self, tree: Branch) -> s.Group:
        head = next(child for child in tree.children if isinstance(child, Token))
        items = tuple(self.condition(child) for child in self.trees(tree) if child.data != "bracket")
        place, citation = self.place(tree), self.bracket(tree)
        if head.type != "AT_LEAST":
            return s.Group(place, head.split()[0], None, items, citation)
        number = self.token(tree, "NUMBER")
        count = int(number) if number.isdecimal() and len(number) <= MAX_DIGITS else 0
        if not 1 <= count <= len(items):
            self.problems.append(bad_count(self.place(number), str(number), len(items)))
        return s.Group(place, "at least", count, items, citation)


def unquote(string: str) -> str:
    """The text of a quoted string."""
    return _ESCAPE.sub(r"\1", string[1:-1])


def quoted(text: str) -> str:
    """The quoted string of a text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
