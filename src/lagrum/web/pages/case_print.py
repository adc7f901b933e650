"""A ruling to print, to send and to cite."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from lagrum.report.writers import written
from lagrum.web import choosing
from lagrum.web.case.printed import printed
from lagrum.web.case.sitting import sitting
from lagrum.web.pages.case_more import contradicted
from lagrum.web.view import Viewed

router = APIRouter(include_in_schema=False)
KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/case/{draft_id}/print")
def to_print(view: Viewed, draft_id: str) -> HTMLResponse:
    """The ruling with numbered paragraphs."""
    found = sitting(view, draft_id)
    if found.ruled is None:
        return contradicted(found)
    document = printed(found, found.assessment())
    return view.render(
        "case/print.html", s=found, told=found.told, d=document, laws=choosing.laws(view, found.law.id), news=""
    )


@router.get("/case/{draft_id}/ruling.pdf")
def as_pdf(view: Viewed, draft_id: str) -> Response:
    """The same as PDF."""
    return _file(view, draft_id, ".pdf")


@router.get("/case/{draft_id}/ruling.docx")
def as_word(view: Viewed, draft_id: str) -> Response:
    """The same for Word."""
    return _file(view, draft_id, ".docx")


def _file(view: Viewed, draft_id: str, form: str) -> Response:
    found = sitting(view, draft_id)
    document = printed(found, found.assessment())
    name = f"ruling-{document.id[:8]}{form}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(written(document, form), media_type=KINDS[form], headers=headers)
