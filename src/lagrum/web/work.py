"""Long analyses as pages meet them: the answer where it is kept, else the job that works it out, else what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.jobs import Busy, Job, State
from lagrum.web.problems import problem_response
from lagrum.web.view import View


@dataclass(frozen=True)
class Work:
    """What became of a question: an `answer`, or a `job` that is not done, or `errors` of whoever asked."""

    answer: Any = None
    job: Job | None = None
    errors: tuple[Diagnostic, ...] = ()
    status: int = 200


def work_on(view: View, kind: str, **params: Any) -> Work:
    """Ask one of the long analyses. A job that broke off or was cancelled stays so until somebody starts it again."""
    try:
        with view.desk.alone():
            prepared = prepare(view.desk.library, Inquiry(kind, **params))
            found = prepared.peek()
        if found is not None:
            return Work(found)
        job = view.jobs.get(prepared.key)
        if job is None or job.state is State.DONE:
            job = view.jobs.start(kind, view.who, view.desk, **params)
        return Work(job.result) if job.state is State.DONE else Work(job=job)
    except InvalidInput as error:
        return Work(errors=tuple(view.desk.library.located(error).diagnostics), status=422)
    except Busy as error:
        return Work(errors=(error.diagnostic,), status=503)


def progress_of(view: View, job: Job) -> str:
    """How far a job is, in a sentence."""
    if job.state is State.WAITING:
        return view.gettext("It waits for another analysis to end.")
    told = job.progress
    share = told.done / told.of if told.of else 0.0
    left = job.seconds * (1 - share) / share if share else (told.last - job.seconds if told.last else 0.0)
    steps = {
        "ways in searched": view.gettext("Ways in are searched"),
        "ways in described": view.gettext("Ways in are described"),
        "ways in followed": view.gettext("Ways in are followed from law to law"),
    }
    parts = [steps.get(told.words, told.words or view.gettext("The texts are read"))]
    if share:
        parts.append(view.gettext("%(percent)s %% done", percent=view.number(int(100 * share))))
    if left >= 1:
        parts.append(view.gettext("about %(seconds)s s left", seconds=view.number(round(left))))
    elif job.seconds >= 1:
        parts.append(view.gettext("%(seconds)s s so far", seconds=view.number(round(job.seconds))))
    return ", ".join(parts) + "."


# --- twins -----------------------------------------------------------------------------------------------------------


def json_twin(view: View, work: Work) -> Response:
    """The answer as JSON; while it is worked out, 202 and where the job is."""
    return _not_yet(view, work) or JSONResponse(work.answer.to_dict())


def csv_twin(view: View, work: Work, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer as a table to save under a name."""
    return _not_yet(view, work) or csv_response(name, heads, rows)


def csv_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as a file, in which no spreadsheet finds a formula."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(heads)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + told.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _not_yet(view: View, work: Work) -> Response | None:
    if work.errors:
        said = "; ".join(each.message for each in work.errors)
        return problem_response(view.request.scope, work.status, said, work.errors)
    if work.job is None:
        return None
    if work.job.over:
        said = "; ".join(each.message for each in work.job.error)
        return problem_response(view.request.scope, 503, said, work.job.error)
    told = {"job": work.job.key, "state": work.job.state.value, "seconds": work.job.seconds}
    return JSONResponse(told, 202, headers={"location": f"/jobs/{work.job.key}", "retry-after": "2"})
