"""One document, four forms: HTML, PDF, Word and Markdown."""

from __future__ import annotations

from collections.abc import Callable

from lagrum.report.document import Document

__all__ = ["FORMS", "written"]

FORMS = (".html", ".pdf", ".docx", ".md")


def written(document: Document, form: str) -> bytes:
    """The document in one of `FORMS`. Raises `InvalidInput` where a package is missing for it."""
    from lagrum.report.writers.markdown import as_markdown
    from lagrum.report.writers.page import as_html
    from lagrum.report.writers.typeset import as_pdf
    from lagrum.report.writers.word import as_docx

    writers: dict[str, Callable[[Document], bytes]] = {
        ".html": lambda d: as_html(d).encode(),
        ".pdf": as_pdf,
        ".docx": as_docx,
        ".md": lambda d: as_markdown(d).encode(),
    }
    return writers[form](document)
