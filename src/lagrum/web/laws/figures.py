"""Numbers of cases, which can have fifty digits: exact, and so that they can be read."""

from __future__ import annotations

from typing import Protocol

from markupsafe import Markup

from lagrum.semantics.estimate import Share
from lagrum.web.view import View

EXACT = 15
"""Digits up to which a number is shown in full at once."""
_UPPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Counted(Protocol):
    """What was counted, or estimated from a sample."""

    @property
    def count(self) -> int | None: ...
    @property
    def share(self) -> Share | None: ...


def large(view: View, number: int) -> Markup:
    """`1,204,224`; a number too long to read as a power of ten, with the exact number to open."""
    digits = str(number)
    if len(digits) <= EXACT:
        return Markup("{}").format(view.number(number))
    about = f"{digits[0]}{'.' if view.lang == 'en' else ','}{digits[1]} × 10{str(len(digits) - 1).translate(_UPPER)}"
    grouped = Markup("<wbr>").join(digits[max(0, i - 3) : i] for i in _ends(len(digits)))
    told = Markup('<details class="large"><summary>{}</summary><span>{}</span></details>')
    return told.format(about, grouped)


def _ends(length: int) -> range:
    return range((length - 1) % 3 + 1, length + 1, 3)


def between(view: View, share: Share) -> str:
    """`1.2 % to 1.6 %`, for what is known from a sample."""
    low, high = (view.number(round(100 * each, 1)) for each in (share.low, share.high))
    return view.gettext("%(low)s %% to %(high)s %%", low=low, high=high)


def count_or_share(view: View, counted: Counted) -> Markup:
    """How many cases it is, or which share of a sample."""
    if counted.count is not None:
        return large(view, counted.count)
    return Markup("{}").format(between(view, counted.share) if counted.share else "")
