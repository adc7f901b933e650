"""The MCP server: tools over the calls that the pages and the API use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field, ValidationError

from lagrum import __version__
from lagrum.assistant.told import NO_ADVICE, assessed, families, told, wrong
from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput
from lagrum.service import answers
from lagrum.service.desk import Desk
from lagrum.service.documents import below, laws_document, norms_document, search_document
from lagrum.service.jobs import Busy, Jobs, State
from lagrum.service.laws import Terms
from lagrum.service.models import Compare, Loopholes, OfCase, OfInterview
from lagrum.service.official import Words
from lagrum.texts import open_texts

PATIENCE = 50.0  # seconds that a long analysis is waited for; then the assistant is told to ask again
INSTRUCTIONS = (
    "lagrum rules on uses of AI by executable law. Do not guess what a law says: look it up here and cite it. "
    "List the laws, then use `next_question` to gather facts one at a time (what is not known stays unknown), and "
    "`assess` for the ruling with its reasons. A case is an object: "
    '{"lagrum": 1, "case": "what it is about", "law": ["eu-ai-act"], "facts": {"timing": "real-time"}}. ' + NO_ADVICE
)

Case = Annotated[dict[str, Any], Field(description="a case file as an object: `lagrum: 1`, `case`, `facts`")]
Day = Annotated[str | None, Field(description="a day as 2026-11-22; today if left out")]
Law = Annotated[str, Field(description="the id of a law; `list_laws` gives them; `a+b` reads two together")]


def make(desk: Desk, jobs: Jobs) -> MCPServer:
    """The server with its tools."""
    server: MCPServer = MCPServer(
        "lagrum", title="lagrum", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR"
    )
    tools: Sequence[Callable[..., Any]] = (*_looking(desk), *_judging(desk), *_analysing(jobs))
    for tool in tools:
        server.tool()(tool)
    return server


def serve(folders: Sequence[Path] = ()) -> None:
    """Answer on standard input and output until the other side goes."""
    desk = Desk(folders)
    jobs = Jobs(desk)
    try:
        make(desk, jobs).run("stdio")
    finally:
        jobs.close()


@contextmanager
def _refusing() -> Iterator[None]:
    """What is wrong with a question comes back as an error of the tool, with how to mend it."""
    try:
        yield
    except InvalidInput as error:
        raise ToolError(wrong(error.diagnostics)) from None
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise ToolError("\n".join(lines)) from None
    except BudgetExceeded as error:
        raise ToolError(str(error)) from None
    except Busy as error:
        raise ToolError(wrong([error.diagnostic])) from None


# --- what there is ---------------------------------------------------------------------------------------------------


def _looking(desk: Desk) -> tuple[Callable[..., Any], ...]:
    def list_laws() -> dict[str, Any]:
        """List the laws and positions there are: id, title, citation, dates, and how far each encoding was reviewed."""
        with desk.alone():
            return told(laws_document(desk.library)) | {"citations": [], "texts": []}

    def show_norm(
        citation: Annotated[str, Field(description="`Art. 5(1)(h)`, `article 5`, `eu-ai-act 5(1)`")],
        law: Annotated[str, Field(description="the id of a law; all that have such a rule if left out")] = "",
        on: Day = None,
        lang: Literal["en", "sv"] = "en",
    ) -> dict[str, Any]:
        """Show the rules at a citation: conditions, exceptions, dates, history, official words where imported."""
        with _refusing(), desk.alone():
            library, terms = desk.library, Terms(answers.day_or_none(on))
            words = Words(library, open_texts())
            return told(norms_document(library, citation, [law] if law else [], terms, lambda: words, lang))

    def search(
        words: Annotated[str, Field(description="words, or a citation", min_length=1, max_length=200)],
        most: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """Search rules, prose, questions and notes of all laws."""
        with desk.alone():
            return told(search_document(desk.index, words, most, (), below(desk.library))[0])

    return list_laws, show_norm, search


# --- cases -----------------------------------------------------------------------------------------------------------


def _judging(desk: Desk) -> tuple[Callable[..., Any], ...]:
    def assess(case: Case, laws: list[str] | None = None, on: Day = None) -> list[dict[str, Any]]:
        """Say what laws make of a case: the ruling, the rules and facts it rests on, what would change it, what is
        missing, duties and classes. Facts that are not given are unknown, and the answer speaks of all they may be."""
        with _refusing():
            asked = OfCase(case=case, laws=laws or [], on=answers.day_or_none(on))
            return [told(assessed(each)) for each in answers.assessments(desk, asked)]

    def next_question(
        case: Case,
        law: Annotated[str | None, Field(description="the id of one law; else that of the case")] = None,
        asked: Annotated[list[str] | None, Field(description="facts that were asked about before")] = None,
        on: Day = None,
        lang: Literal["en", "sv"] = "en",
    ) -> dict[str, Any]:
        """Give the question whose answer settles a case soonest, and the rulings still possible. Put the answer into
        the case's `facts`, and the fact into `asked`, also where the answer is not known; then ask again."""
        with _refusing():
            step = OfInterview(case=case, law=law, asked=asked or [], on=answers.day_or_none(on), lang=lang)
            return told(answers.step(desk, step))

    def timeline(case: Case, laws: list[str] | None = None) -> list[dict[str, Any]]:
        """Say what laws make of a case over time: the days on which its ruling, classes or duties change."""
        with _refusing():
            return [told(each) for each in answers.timelines(desk, OfCase(case=case, laws=laws or []))]

    return assess, next_question, timeline


# --- long analyses ---------------------------------------------------------------------------------------------------


def _analysing(jobs: Jobs) -> tuple[Callable[..., Any], ...]:
    def loopholes(
        law: Law,
        against: Annotated[str, Field(description="the id of a position, e.g. ban-biometric-surveillance-2021")],
        on: Day = None,
        family: Annotated[int | None, Field(ge=1, description="tell this family whole")] = None,
    ) -> dict[str, Any]:
        """List everything that a position forbids and a law lets through, in families by what opens them."""
        with _refusing():
            found = _answer(jobs, Loopholes(law=law, against=against, on=answers.day_or_none(on)))
            if "state" in found:
                return found
            if family is not None and family > len(found["families"]):
                raise ToolError(f"there is no family {family}: there are {len(found['families'])}")
            return told(families(found, family))

    def compare(
        a: Annotated[str, Field(description="the id of a law; `LAW@DATE` for one on a day of its own")],
        b: str,
        on: Day = None,
    ) -> dict[str, Any]:
        """Say which of two laws is stricter in what it forbids, and give the smallest cases that tell them apart."""
        with _refusing():
            found = _answer(jobs, Compare(a=a, b=b, on=answers.day_or_none(on)))
            return found if "state" in found else told(found)

    return loopholes, compare


def _answer(jobs: Jobs, asked: Loopholes | Compare) -> dict[str, Any]:
    """The answer, or how far it is where it takes longer than one waits."""
    inquiry = asked.inquiry()
    params = {name: value for name, value in vars(inquiry).items() if name != "kind"}
    job = jobs.start(inquiry.kind, **params)
    job = jobs.wait(job.key, PATIENCE) or job
    if job.state is State.DONE:
        found: dict[str, Any] = job.result.to_dict()
        return found
    if job.over:
        raise InvalidInput(job.error or [Diagnostic("LG0902", f"the analysis was {job.state.value}")])
    progress = f"{job.progress.done} of {job.progress.of} {job.progress.words}".strip()
    return {"state": job.state.value, "seconds": job.seconds, "progress": progress, "note": "ask the same again later"}
