"""LG065x: cases that nothing can be, and what cannot be assumed."""

from __future__ import annotations

from lagrum.language.codes.record import Code

REASONING = (
    Code(
        "LG0650",
        "answers that cannot be together",
        "The case gives answers that, together, a statement of the impossible in the vocabulary rules out. The "
        "fewest such answers are named, with the statements that rule them out.",
        "Of a case that cannot be, everything and nothing follows.",
        "act: {exactly: [other act]}\npractice: none",
        "change one of the answers named, or leave it out",
    ),
    Code(
        "LG0651",
        "a vocabulary in which nothing is possible",
        "The `impossible` statements that bear on the law leave no case at all.",
        "With no possible case every question about the law has an empty answer.",
        'impossible "so"\n  when biometric features\n\nimpossible "not so"\n  when not biometric features',
        "take back one of the statements",
    ),
    Code(
        "LG0652",
        "not something that can be assumed",
        "The `assume` key of a case holds something other than `rest: usual` or `presumptions: stand`.",
        "What is assumed is recorded and told with the ruling; a word that does nothing would mislead.",
        "assume: {rest: unusual}",
        "assume: {rest: usual}",
    ),
    Code(
        "LG0655",
        "not an answer in an interview",
        "An answer was given to a fact that the law's vocabularies do not have, to a question of another kind, or when "
        "nothing is being asked.",
        "An answer that is dropped would be missed by nobody until the ruling is wrong.",
        'lagrum.load("eu-ai-act").ask().answer(True), where the question has several answers',
        'answer(["identification"])',
    ),
)
