"""LG0710 to LG0719: official texts, and the rules that rest on them."""

from __future__ import annotations

from lagrum.language.codes.record import Code
from lagrum.model.diagnostics import Severity

TEXTS = (
    Code(
        "LG0710",
        "official words that changed",
        "A rule, or one of its conditions, was encoded from a provision whose words are not those that were pinned: "
        "the imported text is of another version, or the provision is gone.",
        "The rule may no longer say what the law says.",
        "the act was amended, its new text imported, and `lagrum check` run",
        "hold the rule against the new words, mend it, then `lagrum text pin eu-ai-act`",
        Severity.WARNING,
    ),
    Code(
        "LG0711",
        "not an official text that can be read",
        "A file is empty, larger than any act, not a text, or is neither Formex 4 nor the HTML page of an act in the "
        "layout of the Official Journal.",
        "Words are taken only from where it is certain which provision they belong to.",
        "lagrum text import ai-act.pdf",
        "lagrum text import L_202401689EN.*.xml",
    ),
    Code(
        "LG0712",
        "an official text not in UTF-8",
        "A file is not written in UTF-8, or says that it is written in something else.",
        "Letters that are guessed would change the words and their hash.",
        "a page saved by an editor in Latin-1",
        "the page as it was loaded",
    ),
    Code(
        "LG0713",
        "an official text that is cut short or damaged",
        "A file ends too early, its markup does not close, it is nested without end, or an archive cannot be unpacked.",
        "Half an act would be taken for all of it. What was imported before stays as it was.",
        "a load that broke off",
        "load the file again",
    ),
    Code(
        "LG0714",
        "a document type or entities",
        "An XML file declares a document type or entities.",
        "Formex has neither, and with them a small file can swell without end or name other files of your machine.",
        "<!DOCTYPE ACT [ <!ENTITY a … > ]>",
        "the file as the Publications Office gives it",
    ),
    Code(
        "LG0715",
        "an act that does not say which it is",
        "The files hold an act but neither its CELEX number nor its ELI address, nor what kind of act it is, or not "
        "its language.",
        "Official words must not be shown beside the rules of another act.",
        "lagrum text import L_202401689EL.000101.fmx.xml",
        "lagrum text import L_202401689EL.*.xml   (with the file that ends in .doc.fmx.xml)",
    ),
    Code(
        "LG0716",
        "files that do not make one act",
        "Among the files there is no act, an annex is missing that the list of files names, or an act comes twice.",
        "An import replaces what was there, and it does so only with a whole act.",
        "lagrum text import annex.xml",
        "lagrum text import act.xml annex.xml",
    ),
    Code(
        "LG0717",
        "a stored text that is damaged",
        "A file in the store of official texts is not what lagrum wrote.",
        "Its words are not shown: they might not be the official ones. The other texts are not touched.",
        "a file in the store that was changed by hand",
        "import the act again; it takes the place of the damaged file",
    ),
    Code(
        "LG0718",
        "no official text imported",
        "`lagrum text pin` needs the official text of the law, and none that was imported belongs to it.",
        "Without the words there is nothing to pin.",
        "lagrum text pin eu-ai-act",
        "lagrum text import FILE… --for eu-ai-act, then lagrum text pin eu-ai-act",
    ),
    Code(
        "LG0719",
        "a lock file that is damaged",
        "The file `NAME.provisions.json` beside a law is not what `lagrum text pin` wrote, or belongs to another law.",
        "It cannot be said which rules rest on words that changed.",
        "a lock file merged by hand",
        "hold the rules against the text, then lagrum text pin eu-ai-act",
    ),
)
