"""LG070x: folders of law."""

from __future__ import annotations

from lagrum.language.codes.record import Code

PACKS = (
    Code(
        "LG0701",
        "more problems than are shown",
        "One file or case has more than a hundred problems; the rest is counted.",
        "Most of them usually have one cause.",
        "a vocabulary from which every line was indented wrongly",
        "mend the first ones and check again",
    ),
    Code(
        "LG0702",
        "a file that cannot be read",
        "A file or folder may not be read, is no plain file, or is a link that leads back to a folder above it.",
        "The rest is read without it; a law that needs it is left out.",
        "a link in laws/eu to laws",
        "law files in plain folders",
    ),
    Code(
        "LG0703",
        "a file that is too large",
        "A law file is larger than 4 MB, or a case file larger than 1 MB.",
        "The official text of the longest act is smaller; limits keep reading in bounded time.",
        "one file with everything",
        "one file for each chapter and annex",
    ),
    Code(
        "LG0704",
        "not UTF-8",
        "The file is not text in the encoding UTF-8.",
        "Letters would be guessed.",
        "a file saved as Latin-1",
        "the same file saved as UTF-8",
    ),
    Code(
        "LG0705",
        "an id used twice",
        "Two vocabularies, or two instruments, have one id.",
        "Cases and commands could not say which is meant.",
        "instrument eu-ai-act in two files",
        "instrument eu-ai-act-2021-proposal and instrument eu-ai-act",
    ),
    Code(
        "LG0706",
        "left out with another",
        "An instrument cites another one that has errors, and is left out with it.",
        "A law with a rule missing would answer wrongly.",
        "eu-ai-act Art. 5 applies, where eu-ai-act has an error",
        "the same, with eu-ai-act mended",
    ),
    Code(
        "LG0707",
        "law that belongs to no instrument",
        "A file has norms but no `instrument` sentence, and its folder does not hold exactly one instrument.",
        "It cannot be known of which instrument the norms are.",
        "annexes.md beside 2021-proposal.md and 2024.md",
        "a folder for each, with its annexes.md",
    ),
)
