"""Citations as people type them, in English and Swedish: `Article 5(1)(h)`, `5.1 h`, `artikel 5.1 h iii`, `15 § b`."""

from __future__ import annotations

import re

from lagrum.model.citations import Citation, parse_citation

_ORDINALS = {
    **{word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh"), 1)},
    **{word: n for n, word in enumerate(("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde"), 1)},
}
_UNITS = (
    (r"(?:articles?|artikel|artiklarna|arts?)\b\.?", ("Art.",)),
    (r"(?:sections?|secs?|ss?|paragraf)\b\.?(?=\s*\d)", ("§", "Sec.")),
    (r"§§?", ("§", "Sec.")),
    (r"(?:annex|bilaga|bil)\b\.?", ("Annex",)),
    (r"(?:recitals?|skäl|rec)\b\.?", ("Recital",)),
    (r"(?:rule|regel)\b", ("Rule",)),
    (r"(?:chapter|ch|kapitel|kap)\b\.?", ("Ch.",)),
    (r"(?:title|avdelning)\b", ("Title",)),
    (r"(?:paragraph|para|stycke)\b\.?", ("Para.", "Point")),
    (r"(?:point|punkt|led)\b", ("Point",)),
    (r"(?:demand|krav)\b", ("Demand",)),
)
_PARTS = (
    (r"(\w+)\s+(?:subparagraph|stycket)\b", "subpara."),
    (r"(\w+)\s+(?:sentence|meningen)\b", "sentence"),
    (r"(\w+)\s+(?:indent|strecksatsen)\b", "indent"),
)
_INNER = re.compile(r"\b(?:paragraphs?|points?|subparagraphs?|punkt|led)\b\.?", re.IGNORECASE)
_OF = re.compile(
    r"\s+(?:of|i|in|to|till)\s+(?:the|that|this|regulation|förordning|directive|lag|act)\b.*$", re.IGNORECASE
)
_SV_SECTION = re.compile(r"([0-9]+ ?[a-z]?)\s*§(.*)", re.DOTALL)
_ILLINOIS = re.compile(r"[0-9]+\s+ILCS\s+[0-9]+/([0-9][0-9A-Za-z.\-]*)(.*)", re.IGNORECASE)
_TAIL = re.compile(r"(?:subpara\.|sentence|indent) [0-9]+")
_STEP = re.compile(r"[\s.,]*(?:\(([0-9A-Za-z]{1,6})\)|([0-9]{1,3}[a-z]?|[a-z]{1,2}|[ivxl]{1,6})(?![0-9A-Za-z]))")
LONGEST = 120  # letters; no citation is longer


def typed(text: str) -> tuple[Citation, ...]:
    """What a text may cite, the likeliest first; empty where it is no citation.

    >>> [str(each) for each in typed("artikel 5.1 h iii")]
    ['Art. 5(1)(h)(iii)']
    >>> [str(each) for each in typed("section 15(b)")]
    ['§ 15(b)', 'Sec. 15(b)']
    """
    text = " ".join(text.split()).strip(" .,;")
    if not text or len(text) > LONGEST:
        return ()
    exact = _exact(text)
    if exact is not None:
        return (exact,)
    if not any(c.isdigit() or c in "IVX" for c in text):
        return ()
    units, rest = _split(_OF.sub("", text))
    found = [_read(unit, rest) for unit in units]
    whole = [Citation(each.path[: -len(tails)]) for each in found if each and (tails := _tails(each)) and _then(rest)]
    return tuple(dict.fromkeys(each for each in (*found, *whole) if each is not None))


def _exact(text: str) -> Citation | None:
    try:
        return parse_citation(text)
    except ValueError:
        return None


def _split(text: str) -> tuple[tuple[str, ...], str]:
    """The units that the text may begin with, and what stands behind."""
    if (illinois := _ILLINOIS.fullmatch(text)) is not None:
        return ("§", "Sec."), illinois[1] + illinois[2]
    if (swedish := _SV_SECTION.fullmatch(text)) is not None:
        return ("§", "Sec."), swedish[1].replace(" ", "") + swedish[2]
    for pattern, units in _UNITS:
        match = re.match(pattern, text, re.IGNORECASE)
        if match is not None:
            return units, text[match.end() :]
    return (("Art.", "§", "Sec."), text) if text[0].isdigit() else ((), "")


def _read(unit: str, rest: str) -> Citation | None:
    """The citation that a unit and what stands behind it make."""
    tails: dict[int, str] = {}
    for pattern, word in _PARTS:
        for match in re.finditer(pattern, rest, re.IGNORECASE):
            number = _ORDINALS.get(match[1].lower())
            if number is None:
                return None
            tails[len(tails)] = f"{word} {number}"
            rest = rest.replace(match[0], " ", 1)
    for written in _TAIL.findall(rest):
        tails[len(tails)] = written
        rest = rest.replace(written, " ", 1)
    rest = _INNER.sub(" ", rest).strip(" ,.")
    head = re.match(r"\(?([0-9A-Za-z][0-9A-Za-z\-/:]*)\)?" if unit in ("Art.", "Annex", "Recital") else _number(), rest)
    if head is None or not (head[1][0].isdigit() or re.fullmatch(r"[IVXLC]+|[A-Z]", head[1])):
        return None
    steps, place = [], head.end()
    while rest[place:].strip(" ,."):
        step = _STEP.match(rest, place)
        if step is None:
            return None
        steps.append(step[1] or step[2])
        place = step.end()
    told = "".join(f"({step})" for step in steps) + "".join(f" {tail}" for tail in tails.values())
    return _exact(f"{unit} {head[1]}{told}")


def _tails(citation: Citation) -> tuple[str, ...]:
    return tuple(step for step in citation.path[1:] if " " in step)


def _then(rest: str) -> bool:
    """Whether a point stands behind the subparagraph: few citations of ours say in which the points are."""
    behind = [match.end() for pattern, _ in _PARTS for match in re.finditer(pattern, rest, re.IGNORECASE)]
    return bool(behind) and any(c.isalnum() for c in rest[max(behind) :])


def _number() -> str:
    """The numbers of national law have dots in them: `19B.2`, `15.2-1723.2`."""
    return r"\(?([0-9A-Za-z](?:[0-9A-Za-z.\-/:]*[0-9A-Za-z])?)\)?"
