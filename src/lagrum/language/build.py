"""From Lark's tree to the syntax tree: one function for each family of sentences, every node with its place.

What the grammar cannot say (a date that is none, a word that is not of a closed set) is told to `problems`; a sentence
with a problem is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lark import Token, Tree

from lagrum.language import syntax as s
from lagrum.language.build_conditions import Words
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.places import Place

Branch = Tree[Token]

ENTRY_KEYS = {
    "title": "title", "official": "citation", "source": "source", "jurisdiction": "jurisdiction", "kind": "kind",
    "published": "published", "in_force": "in force", "ends": "until", "uses": "uses", "tiers": "tiers",
    "review": "review", "usual": "usual", "help": "help", "defined_in": "defined in", "judgement": "judgement",
    "decided_by": "decided by", "vouched_by": "vouched by", "controlled_by": "controlled by", "practice": "practice",
}  # fmt: skip
FACT_KINDS = {"yes_no": "yes/no", "one_of": "one of", "some_of": "some of", "number": "number", "date_fact": "date"}
NORMS = frozenset(
    ("scope", "exclude", "define", "forbid", "permit", "require", "classify", "except", "presume", "penalty")
)


@dataclass
class Builder(Words):
    """Builds one sentence. `line` and `column` are added to the places Lark counts within it."""

    file: str
    line: int
    column: int
    problems: list[Diagnostic] = field(default_factory=list)

    def sentence(self, tree: Branch) -> s.Sentence:
        place = self.place(tree)
        match str(tree.data):
            case "instrument":
                return self.instrument(tree, place)
            case "fact":
                return self.fact(tree, place)
            case "translate":
                return self.translate(tree, place)
            case "values":
                name, fact, values = self.trees(tree)
                return s.ValuesS(place, self.name(name), self.name(fact), self.names(values))
            case "date":
                name, day = self.trees(tree)
                return s.DateS(place, self.name(name), self.day(day))
            case "reading":
                return self.reading(tree, place)
            case "impossible":
                return s.ImpossibleS(
                    place, self.text(self.need(tree, "text")), self.condition_in(self.need(tree, "when"))
                )
            case "elsewhere":
                when = self.one(tree, "when")
                return s.ElsewhereS(
                    place,
                    self.text(self.need(tree, "text")),
                    self.bracket(tree),
                    self.condition_in(when) if when else None,
                )
            case "modelled_on":
                return s.ModelledOnS(place, self.name(self.need(tree, "name")), self.text_in(tree))
            case "attaches":
                return s.AttachesS(place, self.cite(self.need(tree, "cite")))
            case "cited_note":
                return s.NoteS(place, self.citation(self.token(tree, "CITATION")), self.text_in(tree))
            case "amend":
                return self.amend(tree, place)
            case "case":
                return self.case(tree, place)
            case kind if kind in NORMS:
                return self.norm(tree, kind, place)
            case other:
                raise AssertionError(f"the grammar has a sentence that nothing builds: {other}")

    # --- instruments and vocabularies

    def instrument(self, tree: Branch, place: Place) -> s.InstrumentS:
        name, *entries = self.trees(tree)
        return s.InstrumentS(place, self.name(name), tuple(self.entry(entry) for entry in entries))

    def entry(self, tree: Branch) -> s.Entry:
        values: list[s.Text | s.Name | s.Day] = []
        for child in tree.children:
            if isinstance(child, Token):
                day = s.Day(self.place(child), self.date_of(child)) if child.type == "DAY" else None
                values.append(day or self.free(child))
                continue
            match str(child.data):
                case "text":
                    values.append(s.Text(self.place(child), self.text(child)))
                case "day":
                    values.append(self.day(child))
                case "name":
                    values.append(self.name(child))
                case "names":
                    values.extend(self.names(child))
                case _:  # a stretch of a number's or a date's range
                    values.append(s.Text(self.place(child), self.words(child)))
        return s.Entry(self.place(tree), ENTRY_KEYS[str(tree.data)], tuple(values))

    def fact(self, tree: Branch, place: Place) -> s.FactS:
        name, question, kind, *entries = self.trees(tree)
        unit = self.one(kind, "unit")
        cuts = tuple(self.cut(cut) for cut in self.trees(kind) if cut.data in ("cut", "date_cut"))
        return s.FactS(
            place,
            self.name(name),
            self.text(question),
            FACT_KINDS[str(kind.data)],
            self.words(unit) if unit else "",
            self.answers(kind),
            cuts,
            tuple(self.entry(entry) for entry in entries),
        )

    def translate(self, tree: Branch, place: Place) -> s.TranslateS:
        name, question = self.need(tree, "name"), self.need(tree, "text")
        unit, help_ = self.text_in(self.one(tree, "in_units")), self.text_in(self.one(tree, "help"))
        return s.TranslateS(place, self.name(name), self.text(question), self.answers(tree), unit, help_)

    def answers(self, tree: Branch) -> tuple[s.AnswerLine, ...]:
        return tuple(
            s.AnswerLine(self.place(answer), self.name(self.need(answer, "name")), self.text_in(answer))
            for answer in self.trees(tree, "answer")
        )

    def cut(self, tree: Branch) -> s.CutMark:
        operator, value = tree.children
        assert isinstance(operator, Token)
        return s.CutMark(
            self.place(tree), self.words(operator), self.number(value) if isinstance(value, Token) else self.day(value)
        )

    def reading(self, tree: Branch, place: Place) -> s.ReadingS:
        name, *_, default = self.trees(tree, "name")
        question = self.text(self.need(tree, "text"))
        return s.ReadingS(place, self.name(name), question, self.bracket(tree), self.answers(tree), self.name(default))

    # --- norms

    def norm(self, tree: Branch, kind: str, place: Place) -> s.NormS:
        bracket = self.one(tree, "bracket")
        citation = self.citation(self.token(bracket or tree, "CITATION"))
        names = self.trees(tree, "name")
        amount = self.one(tree, "amount")
        until = self.one(tree, "until")
        who = self.one(tree, "who")
        return s.NormS(
            place,
            kind,
            citation,
            self.text_in(tree),
            name=self.name(names[0]) if kind == "define" else None,
            tier=self.name(names[0]) if kind == "classify" else None,
            targets=self.targets(tree, kind),
            from_all=any(isinstance(child, Token) and child.type == "ALL" for child in tree.children),
            starts=tuple(self.start(start) for start in self.trees(tree, "begins")),
            until=self.day(self.need(until, "day")) if until else None,
            who=self.names(self.need(who, "names")) if who else (),
            when=self.clause(tree, "when"),
            unless=self.clause(tree, "unless"),
            then=self.clause(tree, "then"),
            met_when=self.clause(tree, "met_when"),
            before_use=self.one(tree, "before_use") is not None,
            amount=self.amount(amount) if amount else None,
            note=self.text_in(self.one(tree, "note")),
        )

    def clause(self, tree: Branch, name: str) -> s.Condition | None:
        found = self.one(tree, name)
        return self.condition_in(found) if found else None

    def targets(self, tree: Branch, kind: str) -> tuple[s.Cite | s.CiteRange | s.Name, ...]:
        found: list[s.Cite | s.CiteRange | s.Name] = []
        for child in self.trees(tree):
            match str(child.data):
                case "cites":
                    found += self.cites(child)
                case "cite":
                    found.append(self.cite(child))
                case "cite_range":
                    first, last = self.trees(child)
                    found.append(s.CiteRange(self.place(child), self.cite(first), self.cite(last)))
                case "name" if kind == "exclude":
                    found.append(self.name(child))
        return tuple(found)

    def start(self, tree: Branch) -> s.StartClause:
        day, *rest = self.trees(tree)
        return s.StartClause(self.place(tree), self.day(day), self.condition(rest[0]) if rest else None)

    def amount(self, tree: Branch) -> s.Amount:
        total, share = self.one(tree, "sum"), self.one(tree, "share")
        choice = [child for child in tree.children if isinstance(child, Token)]
        return s.Amount(
            self.place(tree),
            self.number(self.token(total, "NUMBER")) if total else None,
            str(self.token(total, "WORD")) if total else "",
            self.number(self.token(share, "NUMBER")) if share else None,
            str(choice[0]) if choice else "",
        )

    # --- amendments and cases

    def amend(self, tree: Branch, place: Place) -> s.AmendS:
        changes = tuple(
            self.change(child) for child in self.trees(tree) if child.data not in ("name", "bracket", "day")
        )
        name, starts = self.need(tree, "name"), self.need(tree, "day")
        return s.AmendS(place, self.name(name), self.bracket(tree), self.day(starts), changes)

    def change(self, tree: Branch) -> s.Redate | s.Repeal | s.Insert | s.Replace:
        place = self.place(tree)
        match str(tree.data), self.trees(tree):
            case "redate", [name, day]:
                return s.Redate(place, self.name(name), self.day(day))
            case "repeal", [cite]:
                return s.Repeal(place, self.cite(cite), None)
            case "repeal_in", [cite, condition]:
                return s.Repeal(place, self.cite(cite), self.condition(condition))
            case "insert", sentences:
                return s.Insert(place, None, None, tuple(self.sentence(child) for child in sentences))
            case "insert_in", [cite, condition]:
                return s.Insert(place, self.cite(cite), self.condition(condition), ())
            case "replace", [cite, *sentences]:
                return s.Replace(place, self.cite(cite), None, None, tuple(self.sentence(each) for each in sentences))
            case "replace_in", [cite, old, new]:
                return s.Replace(place, self.cite(cite), self.condition(old), self.condition(new), ())
            case other:
                raise AssertionError(f"the grammar has a change that nothing builds: {other}")

    def case(self, tree: Branch, place: Place) -> s.CaseS:
        on, facts = self.one(tree, "on"), self.one(tree, "facts")
        ruling = self.name(self.need(self.need(tree, "expect"), "name"))
        because, not_because = self.one(tree, "because"), self.one(tree, "not_because")
        source, intent = self.one(tree, "source"), self.one(tree, "intent")
        return s.CaseS(
            place,
            self.text(self.need(tree, "text")),
            self.day(self.need(on, "day")) if on else None,
            tuple(self.condition(fact) for fact in self.trees(facts)) if facts else (),
            ruling,
            self.cites(self.need(because, "cites")) if because else (),
            self.cites(self.need(not_because, "cites")) if not_because else (),
            self.free(self.token(source, "FREE")).text if source else "",
            self.free(self.token(intent, "FREE")).text if intent else "",
        )
