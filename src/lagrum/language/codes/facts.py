"""LG03xx: facts and vocabularies."""

from __future__ import annotations

from lagrum.language.codes.record import Code

FACTS = (
    Code(
        "LG0301",
        "a fact with nothing to ask",
        "A fact has fewer than two answers, or a number or date has no cut.",
        "A question with one answer tells nothing apart, and nobody should be asked it.",
        'fact timing "When are people identified?"\n  one of\n    real-time',
        'fact timing "When are people identified?"\n  one of\n    real-time\n    later',
    ),
    Code(
        "LG0302",
        "too many answers",
        "A fact has more than 200 answers.",
        "Every answer is a branch in every analysis. Rules tell far fewer of them apart.",
        "one of, with a line for each of 10000 municipalities",
        "one of, with a line for each kind of place that a rule names",
    ),
    Code(
        "LG0303",
        "an answer that cannot be one",
        "An answer is listed twice, or is called `unknown`, or, in a fact with several answers, `none`.",
        "Case files use `unknown` and `none` to say that nothing is known, and that no answer is so.",
        "one of\n  real-time\n  unknown",
        "one of\n  real-time\n  later",
    ),
    Code(
        "LG0304",
        "the usual answer is none",
        "What stands after `usual` is not one of the fact's answers, or names several for a fact with one answer.",
        "Witnesses are chosen near the usual case, so it must be a case there is.",
        "usual real time",
        "usual real-time",
    ),
    Code(
        "LG0305",
        "the practice fact",
        "Two facts are marked `practice`, or the one that is marked is not `some of`.",
        "Loopholes are told apart by what a system does to people: one fact says it, and several answers can be so.",
        "fact purpose … practice, beside fact practice … practice",
        "one fact with `practice`; the other without",
    ),
    Code(
        "LG0306",
        "a bad cut",
        "A cut is negative, not finite or far too large, is no day, is declared twice, or stands out of order.",
        "The stretches between the cuts are the answers; they must follow each other.",
        "cuts more than 10, at least 3",
        "cuts at least 3, more than 10",
    ),
    Code(
        "LG0311",
        "a translation that does not fit",
        "A translation names a fact or an answer that its vocabulary does not have, says something twice, or stands"
        " beside other sentences.",
        "Questions are asked in the words of the translation, so it must speak of the same fact.",
        'translate timng "När?"',
        'translate timing "När?"',
    ),
    Code(
        "LG0312",
        "a missing translation",
        "A question or an answer of a vocabulary is not translated in the file beside it.",
        "It is asked in English then, marked as not translated.",
        'ai-use.sv.md without `translate timing "…"`',
        'translate timing "När identifieras människor?"',
    ),
    Code(
        "LG0308",
        "an unknown party",
        "`decided by`, `vouched by` or `controlled by` names somebody who is not on the list.",
        "Reports say whose word a ruling rests on: operator, court, authority, legislator, anyone or nobody.",
        "vouched by the police",
        "vouched by authority",
    ),
    Code(
        "LG0309",
        "a fact declared twice",
        "Two facts have one name, in one vocabulary or in two that are loaded together.",
        "Case files name facts without saying of which vocabulary.",
        'fact timing "…" in two vocabularies',
        "declare it in one and name that one under `uses`",
    ),
    Code(
        "LG0310",
        "a sentence in the wrong file",
        "Facts and `impossible` stand in vocabularies, everything else in instruments, one instrument a file.",
        "Forty instruments share a vocabulary; a fact in one of them would be lost to the others.",
        'instrument eu-ai-act … followed by fact timing "…"',
        "the fact in laws/vocabulary/, and that vocabulary under `uses`",
    ),
)
