"""What is said where no case is possible: because of what was given, or whatever is given."""

from __future__ import annotations

from collections.abc import Sequence

from lagrum.model.cases import Box
from lagrum.model.diagnostics import Diagnostic, Related
from lagrum.model.law import Law
from lagrum.semantics.order import relevant_impossible


def nothing_possible(laws: Sequence[Law], given: Box) -> Diagnostic:
    """The diagnostic for laws under which nothing is possible with these facts fixed."""
    if given:
        message = "what is given cannot be: nothing is possible with it"
        return Diagnostic("LG0650", message, help="change one of the facts given, or leave it out")
    statements = relevant_impossible(laws)
    reasons = "; ".join(f"`{statement.reason}`" for statement in statements)
    places = [statement.place for statement in statements if statement.place is not None]
    return Diagnostic(
        "LG0651",
        f"the vocabulary lets nothing be: {reasons}",
        places[0] if places else None,
        "mend the `impossible` statements",
        related=tuple(Related(place, "said here") for place in places[1:]),
    )
