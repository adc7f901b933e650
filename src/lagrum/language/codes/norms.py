"""LG05xx: norms, dates and the heads of instruments."""

from __future__ import annotations

from lagrum.language.codes.record import Code

NORMS = (
    Code(
        "LG0501",
        "two norms with one identity",
        "Two norms of one instrument have the same citation and label, and their intervals overlap.",
        "Nobody could cite one of them.",
        'forbid Art. 5(1) "scoring" … and again forbid Art. 5(1) "scoring" …',
        'forbid Art. 5(1) "scoring by authorities" … and forbid Art. 5(1) "scoring by others" …',
    ),
    Code(
        "LG0502",
        "an end that is not after the start",
        "`until` is the first day on which a norm or instrument no longer applies; it must lie after the start.",
        "The norm would never apply.",
        "from 2026-08-02\nuntil 2025-02-02",
        "from 2025-02-02\nuntil 2026-08-02",
    ),
    Code(
        "LG0503",
        "a circle",
        "Definitions, exceptions, references or dates rest on themselves.",
        "There is no case of which one could say whether such a norm holds.",
        "define a [Art. 1]\n  when b\n\ndefine b [Art. 2]\n  when a",
        "define a [Art. 1]\n  when b\n\ndefine b [Art. 2]\n  when consent",
    ),
    Code(
        "LG0504",
        "a condition of use that is never met",
        "A duty is marked `before use` and does not say when it is met.",
        "Unmet, it forbids; so it would forbid for ever.",
        'require Art. 5(3) "prior authorisation"\n  before use',
        'require Art. 5(3) "prior authorisation"\n  met when authorised\n  before use',
    ),
    Code(
        "LG0507",
        "too long a chain",
        "More than 200 norms rest on each other in one chain.",
        "No reader could follow it, and limits keep every answer in bounded time.",
        "define d1 when d2, define d2 when d3, … to d300",
        "definitions that name facts",
    ),
    Code(
        "LG0509",
        "the head of an instrument",
        "The id has signs other than letters, digits and hyphens, the kind is not on the list, or a name stands twice.",
        "Every output repeats what an instrument is and how far it was reviewed.",
        "instrument eu-ai-act\n  kind law",
        "instrument eu-ai-act\n  kind regulation",
    ),
    Code(
        "LG0510",
        "no date",
        "A key that needs a day has something else, or the month has no such day.",
        "Everything is evaluated on a date.",
        "in force 2024-02-30",
        "in force 2024-03-01",
    ),
    Code(
        "LG0511",
        "a reading that is none",
        "A reading has fewer than two values, one of them twice, or a default that is none of them.",
        "A reading is a choice between ways that can honestly be held.",
        'reading effect test "…"\n  wide "…"\n  default wide',
        'reading effect test "…"\n  wide "…"\n  narrow "…"\n  default wide',
    ),
    Code(
        "LG0512",
        "nothing there to amend",
        "An act repeals, replaces or moves something that the amended text does not have on that day.",
        "The amendment would change nothing, or an earlier one has changed it already.",
        "repeal Art. 10(5), where the act has no Art. 10(5)",
        "repeal Art. 10(4), where it has one",
    ),
    Code(
        "LG0513",
        "amendments at odds",
        "Two amendments change the same provision, condition or date on the same day.",
        "Which of them holds would hang on the order in which they are read.",
        "replace Art. 4 … in two acts, both from 2026-07-27",
        "replace Art. 4 … in one of them",
    ),
    Code(
        "LG0514",
        "a day that has passed",
        "An act moves a date that has come before the act applies, or moves it to a day before that.",
        "What has taken effect can be repealed or replaced from a day on, not undone.",
        "from 2026-07-27\ndate prohibitions application = 2027-02-02, which was 2025-02-02",
        "from 2026-07-27\nrepeal Art. 5(1)(h)",
    ),
    Code(
        "LG0515",
        "an amendment that cannot be made",
        "An act amends itself, moves a day on which another's begin, or takes the last condition out of a list.",
        "There would be no text, or two, or a rule would hold always where it held sometimes.",
        "repeal in Art. 6(1)\n  strictly necessary, where that is its only condition",
        "repeal Art. 6(1)",
    ),
)
