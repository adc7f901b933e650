"""A client of the HTTP API: `Client("http://127.0.0.1:8000").assess(case, laws=["eu-ai-act"])`.

It needs the extra `serve` and a running `lagrum serve`. Answers are the documents of the API: small ones as models,
the others as dictionaries, described by `lagrum/schemas`. What the server refuses is raised as `Problem`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self

import httpx2
from pydantic import ValidationError

from lagrum.service.models import JobAnswer, ProblemDetails, RulingAnswer, RulingAnswers, Wrong

Document = dict[str, Any]
"""An answer as `lagrum/schemas` describes it; `schema` names its kind and version."""
Case = Mapping[str, Any]
"""A case file as an object."""
OVER = ("done", "failed", "cancelled", "stopped")


class Problem(Exception):
    """What the server refused or could not do, as RFC 9457 has it. `errors` are the diagnostics."""

    def __init__(self, details: ProblemDetails) -> None:
        super().__init__(f"{details.status} {details.title}: {details.detail}")
        self.details = details

    @property
    def status(self) -> int:
        return self.details.status

    @property
    def errors(self) -> Sequence[Wrong]:
        return self.details.errors


class Client:
    """Talks to one server. Use it in a `with`, or call `close`."""

    def __init__(self, base_url: str, token: str | None = None, seconds: float = 60.0) -> None:
        headers = {"accept": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
        self._http = httpx2.Client(base_url=f"{base_url.rstrip('/')}/api/v1/", headers=headers, timeout=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def sign_in(self, name: str, password: str) -> None:
        """Sign in on a team's server; what is asked from then on is asked as this account."""
        answer = self._post("sessions", {"name": name, "password": password})
        self._http.headers["authorization"] = f"Bearer {answer['token']}"

    # --- what there is -------------------------------------------------------------------------------------------

    def laws(self) -> Document:
        """Every instrument there is."""
        return self._get("laws")

    def law(self, law: str, on: date | None = None, text_of: date | None = None) -> Document:
        """One law, with the index of its rules."""
        return self._get(f"laws/{law}", on=on, text_of=text_of)

    def norms(self, citation: str, laws: Sequence[str] = (), on: date | None = None, lang: str = "en") -> Document:
        """The rules at a citation."""
        return self._get("norms", citation=citation, law=list(laws), on=on, lang=lang)

    def search(self, words: str, most: int = 12) -> Document:
        """Rules, prose, questions and notes."""
        return self._get("search", q=words, most=most)

    # --- cases ---------------------------------------------------------------------------------------------------

    def rulings(self, case: Case, laws: Sequence[str] = (), **terms: Any) -> list[RulingAnswer]:
        """The rulings alone, in milliseconds. `terms` are `on`, `text_of`, `given`, `readings` and `tiers`."""
        return RulingAnswers.model_validate(self._ask("rulings", case, laws, terms)).answers

    def assess(self, case: Case, laws: Sequence[str] = (), **terms: Any) -> list[Document]:
        """The rulings with their reasons, one for each law and day."""
        return self._answers("assess", case, laws, terms)

    def versus(self, case: Case, other: Case, laws: Sequence[str] = (), **terms: Any) -> list[Document]:
        """Which of the facts that two versions answer differently matter."""
        return self._answers("versus", case, laws, {**terms, "other": dict(other)})

    def lawful(self, case: Case, laws: Sequence[str] = (), **terms: Any) -> list[Document]:
        """The fewest changes in the operator's hands after which nothing is forbidden."""
        return self._answers("lawful", case, laws, terms)

    def timeline(self, case: Case, laws: Sequence[str] = (), **terms: Any) -> list[Document]:
        """What each law makes of the case over time."""
        return self._answers("timeline", case, laws, terms)

    def ask(self, case: Case, law: str | None = None, **terms: Any) -> Document:
        """The next step of an interview. `terms` are also `until`, `asked` and `lang`."""
        return self._post("ask", {"case": dict(case), "law": law, **terms})

    # --- long analyses -------------------------------------------------------------------------------------------

    def analyse(self, kind: str, seconds: float = 600.0, **asked: Any) -> Document:
        """The answer of a long analysis (`loopholes`, `compare`, `balance`, `spread`, `vague`, `audit`, `changes`),
        waited for. Raises `Problem` for one that fails, and `TimeoutError` for one that takes longer."""
        found = self.start(kind, **asked)
        if not isinstance(found, JobAnswer):
            return found
        end = time.monotonic() + seconds
        while found.state not in OVER:
            if time.monotonic() > end:
                raise TimeoutError(f"the analysis {found.key} is still {found.state}")
            time.sleep(min(1.0, 0.1 + found.seconds / 10))
            found = self.job(found.key)
        if found.state != "done":
            raise _of_job(found)
        return self._get(f"jobs/{found.key}/result")

    def start(self, kind: str, **asked: Any) -> Document | JobAnswer:
        """The answer of a long analysis where it was worked out before, else the job that works it out."""
        answer = self._send("POST", kind, json=_plain(asked))
        return JobAnswer.model_validate(answer.json()) if answer.status_code == 202 else dict(answer.json())

    def loopholes(self, law: str, against: str, **terms: Any) -> Document:
        """What a position forbids and a law lets through."""
        return self.analyse("loopholes", law=law, against=against, **terms)

    def compare(self, a: str, b: str, **terms: Any) -> Document:
        """Which of two laws is stricter."""
        return self.analyse("compare", a=a, b=b, **terms)

    def job(self, key: str) -> JobAnswer:
        """How a job stands."""
        return JobAnswer.model_validate(self._get(f"jobs/{key}"))

    def cancel(self, key: str) -> JobAnswer:
        """Stop waiting for a job."""
        return JobAnswer.model_validate(self._send("DELETE", f"jobs/{key}").json())

    def events(self, key: str) -> Iterator[JobAnswer]:
        """How a job stands, as it happens, until it is over."""
        with self._http.stream("GET", f"jobs/{key}/events", timeout=None) as answer:
            if answer.is_error:
                answer.read()
                raise _problem(answer)
            for line in answer.iter_lines():
                if line.startswith("data:"):
                    yield JobAnswer.model_validate(json.loads(line.removeprefix("data:")))

    # --- the register --------------------------------------------------------------------------------------------

    def systems(self, **wanted: Any) -> Document:
        """The systems of the register. `wanted` are `words`, `owner`, `law`, `status`, `after` and `limit`."""
        return self._get("systems", **wanted)

    def system(self, number: int) -> Document:
        """One system."""
        found: Document = self._get(f"systems/{number}")["systems"][0]
        return found

    def add_system(self, **fields: Any) -> Document:
        """Register a system: `name`, `owner`, `role`, `laws`, `case`, and perhaps `description`, `review_due`."""
        found: Document = self._post("systems", fields)["systems"][0]
        return found

    def change_system(self, number: int, seen: int, **fields: Any) -> Document:
        """Change a system whose version `seen` was read; a `Problem` of status 409 says that it was changed since."""
        answer = self._send("PATCH", f"systems/{number}", json=_plain({"seen": seen, **fields}, keep_none=True))
        found: Document = answer.json()["systems"][0]
        return found

    def assess_system(self, number: int) -> list[Document]:
        """Assess a system where its facts or laws are not those last assessed; the assessments that were added."""
        found: list[Document] = self._post(f"systems/{number}/assessments", None)["assessments"]
        return found

    def changes_ahead(self, since: date | None = None, until: date | None = None, owner: str = "") -> Document:
        """What changes for the systems, and when."""
        return self._get("register/changes", **{"from": since, "to": until, "owner": owner})

    # --- inside --------------------------------------------------------------------------------------------------

    def _ask(self, path: str, case: Case, laws: Sequence[str], terms: Mapping[str, Any]) -> Document:
        return self._post(path, {"case": dict(case), "laws": list(laws), **terms})

    def _answers(self, path: str, case: Case, laws: Sequence[str], terms: Mapping[str, Any]) -> list[Document]:
        found: list[Document] = self._ask(path, case, laws, terms)["answers"]
        return found

    def _get(self, path: str, **query: Any) -> Document:
        return dict(self._send("GET", path, params=_plain(query)).json())

    def _post(self, path: str, body: Mapping[str, Any] | None) -> Document:
        return dict(self._send("POST", path, **({} if body is None else {"json": _plain(body)})).json())

    def _send(self, method: str, path: str, **request: Any) -> httpx2.Response:
        answer = self._http.request(method, path, **request)
        if answer.is_error:
            raise _problem(answer)
        return answer


def _plain(said: Mapping[str, Any], keep_none: bool = False) -> dict[str, Any]:
    """What can be sent: days as text, nothing that was not said."""
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    return {name: value for name, value in told.items() if keep_none or value not in (None, "")}


def _problem(answer: httpx2.Response) -> Problem:
    try:
        return Problem(ProblemDetails.model_validate(answer.json()))
    except (ValueError, ValidationError):
        detail = answer.text[:300]
        return Problem(ProblemDetails(title=answer.reason_phrase, status=answer.status_code, detail=detail))


def _of_job(job: JobAnswer) -> Problem:
    said = "; ".join(each.message for each in job.errors)
    return Problem(ProblemDetails(title=f"the job was {job.state}", status=409, detail=said, errors=job.errors))
