"""LG01xx: law blocks in their Markdown file, and the characters in them."""

from __future__ import annotations

from lagrum.language.codes.record import Code
from lagrum.model.diagnostics import Severity

BLOCKS = (
    Code(
        "LG0101",
        "a tab in a law block",
        "A line of a law block is indented by a tab, or holds one.",
        "A tab is as wide as each editor likes, so what stands below what would depend on who looks.",
        "when all of\n\tact has use",
        "when all of\n  act has use",
    ),
    Code(
        "LG0102",
        "a character that changes the direction of writing",
        "A law block holds an invisible character that makes the text after it run the other way.",
        "What people see would not be what the program reads: a rule could be shown with its exception turned round.",
        "timing is U+202E later",
        "timing is later",
        Severity.WARNING,
    ),
    Code(
        "LG0103",
        "an invisible character",
        "A law block holds a character that cannot be seen or looks like a blank; text pasted from a PDF brings them.",
        "Two names that look the same would be different names.",
        "real U+00AD time",
        "real time",
        Severity.WARNING,
    ),
    Code(
        "LG0104",
        "a letter that looks like another",
        "A word mixes Latin letters with Cyrillic or Greek ones that look like Latin ones.",
        "Two names that look the same would be different names.",
        "plаce is a public space  (the first a is Cyrillic)",
        "place is a public space",
        Severity.WARNING,
    ),
    Code(
        "LG0105",
        "a law block without end",
        "A fence opens a law block and nothing closes it.",
        "Everything to the end of the file, prose and all, would be read as law.",
        '```law\nnote Art. 1 "a"',
        '```law\nnote Art. 1 "a"\n```',
    ),
    Code(
        "LG0106",
        "a law block inside something else",
        "A law block stands in a list or a quotation.",
        "A block that is quoted or listed is an example of law for the reader's eye; it is not clear that it is law.",
        '> ```law\n> note Art. 1 "a"\n> ```',
        '```law\nnote Art. 1 "a"\n```',
    ),
    Code(
        "LG0107",
        "too many mistakes",
        "A file has so many mistakes that its reading was broken off.",
        "After a hundred mistakes the next ones say little; the first ones are worth mending first.",
        "a file of another kind whose fences happen to be marked `law`",
        "mend the first mistakes and read the file again",
    ),
    Code(
        "LG0108",
        "a text that is too large",
        "A text handed over for reading has more than four million characters.",
        "The reader must bound the time that hostile input takes; the longest statutes come to a tenth of that.",
        "a whole code of law in one file",
        "one file a chapter, in one folder",
    ),
)
