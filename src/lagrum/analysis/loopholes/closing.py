"""What would close a family: the smallest change of the law's own words, opener by opener.

Every opener of a family is needed to escape, so closing one of them closes the family.
"""

from __future__ import annotations

from lagrum.analysis.loopholes.result import Opener
from lagrum.model.law import Law


def closed_by(law: Law, openers: tuple[Opener, ...]) -> tuple[str, ...]:
    """One sentence for each opener; any one of them is enough."""
    return tuple(_closing(law, opener) for opener in openers)


def _closing(law: Law, opener: Opener) -> str:
    norm = law.norms.get(opener.norm)
    prohibition = str(norm.citation) if norm else ""
    match opener.kind:
        case "element":
            return f'strike "{opener.condition}" from {prohibition}'
        case "exception" if opener.citation == prohibition:
            return f'strike "{opener.condition}" from {prohibition}'
        case "exception" if opener.way:
            return f'strike the way "{opener.way}" from {opener.citation}'
        case "exception":
            return f"repeal {opener.citation}"
        case "exclusion":
            return f"keep {prohibition} out of {opener.citation}"
        case "scope":
            return f"widen {opener.citation} to these cases"
        case "date":
            return f"let {prohibition} apply on that day"
        case _:
            return f"forbid the practice in {law.id}"
