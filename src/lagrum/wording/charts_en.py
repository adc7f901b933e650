"""Charts in English."""

CHARTS_ENGLISH = {
    "chart complete": "Complete: checked exactly, not sampled.",
    "chart not complete": "NOT complete: the search says what stands in the way.",
    "chart source": "{law} against {position}, on {day}. Found by lagrum from the encoded texts.",
    "chart of": "{part} of {whole}",
    "chart bill": "bill, not law",
    "chart not before": "not before {day}",
    "chart ended": "ended {day}",
    "chart state open": "open",
    "chart state narrowed": "narrowed",
    "chart state closed": "closed",
    "chart state not its subject": "not its subject",
    "chart state depends": "a reading decides",
    "chart cover title": "{ways} ways in; number {number} alone opens {share}",
    "chart cover title part": "Ways in {first} to {last} of {ways}",
    "chart cover none": "No way in was found",
    "chart cover reading": (
        "How many of the cases described, within the practice of each way in, it lets through: the words that open it, "
        "where they stand, and what such cases get. A share of described cases is no share of the world. "
        "Ways in overlap, so shares do not add up. Solid: regulated; outline: unregulated; hatched: excepted; "
        "dashed: outside."
    ),
    "chart cover description": (
        "A bar for each of the {ways} ways in of {law} against {position}, as long as the share of the described cases "
        "of its practice that lie in it. The table says the same."
    ),
    "chart cover head number": "Number",
    "chart cover head opened": "Opened by",
    "chart cover head place": "Place",
    "chart cover head ruling": "Ruling",
    "chart cover head share": "Share",
    "chart spread title": "Way in {number} is open in {part} of {whole} laws",
    "chart spread none": "There is no way in to spread",
    "chart spread reading": (
        "O open, N narrowed, C closed, · not its subject, ? a disputed reading decides. "
        "Hatched: not in force on the day. Dashed, with ~: the encoding is not certain. "
        "The numbers are those of the ways in, listed below."
    ),
    "chart spread description": (
        "A matrix of {laws} laws and the {ways} ways in of {of}, with a letter in each cell for what the law "
        "does about "
        "it. The table says the same."
    ),
    "chart spread method": "Each law where it applies, and as if it were in force; each cell decided by a solver.",
    "chart spread uncertain": "~ the encoding rests on a digest or has doubts: its review says which.",
    "chart spread head number": "Number",
    "chart spread head family": "Way in",
    "chart spread head open in": "Open in",
    "chart balance title": "{free} of {whole} ways in close at no loss",
    "chart balance none": "No change of the text closes a way in",
    "chart balance reading": (
        "Each number is a choice of changes, as in the table. On the filled ones no choice of up to {most} "
        "changes closes "
        "more at that loss; the others take fewer changes."
    ),
    "chart balance description": (
        "{points} choices of changes, by how many of {ways} ways in stay open and how many of {uses} uses "
        "worth keeping "
        "they forbid. The table says the same."
    ),
    "chart balance method": "{edits} changes tried, up to {most} together; {uses} uses could be lost.",
    "chart balance across": "Ways in that stay open, fewer to the left",
    "chart balance down": "Uses worth keeping that are lost",
    "chart balance head point": "Choice",
    "chart balance head edits": "Changes",
    "chart balance head open": "Ways in still open",
    "chart balance head lost": "Uses lost",
    "chart balance head by": "By",
    "chart timeline title": "{law}: rules begin on {begin}, end on {end}",
    "chart timeline title none": "{law}: no day is fixed",
    "chart days one": "{number} day",
    "chart days many": "{number} days",
    "chart timeline reading": (
        "A bar for each span of days and the rules that hold through it. Solid: running on {day}, where the "
        "dashed line "
        "stands; hatched: still to come; outline: ended. A bar at the right edge has no end. A tick inside a bar: some "
        "cases only from there."
    ),
    "chart timeline description": (
        "{rules} rules of {law} in {spans} spans, from the day on which they begin to the day on which they end. "
        "The table says the same."
    ),
    "chart timeline source": "{law}, text known on {day}. Rules are counted as encoded.",
    "chart timeline head from": "From",
    "chart timeline head until": "Until",
    "chart timeline head rules": "Rules",
    "chart timeline head kinds": "Kinds",
    "chart timeline head places": "Places",
    "chart timeline span": "{since} until {until}",
    "chart timeline or": " or, in other cases, ",
    "chart timeline no day": "No day fixed",
    "chart timeline published": "published {day}",
    "chart timeline in force": "in force from {day}",
    "chart timeline until": "ends {day}",
    "chart kind scope": "scope",
    "chart kind exclude": "exclusions",
    "chart kind define": "definitions",
    "chart kind forbid": "prohibitions",
    "chart kind permit": "permissions",
    "chart kind require": "duties",
    "chart kind classify": "classes",
    "chart kind except": "exceptions",
    "chart kind presume": "presumptions",
    "chart kind penalty": "penalties",
    "chart article title": "{citation} asks at most {number} questions",
    "chart article reading": (
        "Start at 1. Each answer leads to the question whose number stands behind it, or to an end in a frame."
    ),
    "chart article description": (
        "The {number} questions that settle {citation} of {law}, each with where its answers lead. "
        "The table says the same."
    ),
    "chart article note": (
        "Definitions are opened up; exceptions are one question each. What takes a use out of the whole law, and where "
        "the law applies, is not asked here."
    ),
    "chart article source": "{citation} of {law}, on {day}; drawn from its decision diagram.",
    "chart article exception": "Does the exception of {citation} hold: {label}?",
    "chart article member": "{question} Is it this: {answer}?",
    "chart article other": "any other answer",
    "chart article go": "{answers}: go to {number}",
    "chart article end": "{answers}: {end}",
    "chart article head number": "Question",
    "chart article head question": "Asked",
    "chart article head answers": "Answers",
    "chart article lifted": "excepted",
    "chart article met forbid": "forbidden",
    "chart article not met forbid": "not forbidden here",
    "chart article met require": "a duty",
    "chart article not met require": "no duty here",
    "chart article met classify": "in this class",
    "chart article not met classify": "not in this class",
    "chart article met except": "the exception holds",
    "chart article not met except": "the exception does not hold",
    "chart article met exclude": "taken out",
    "chart article not met exclude": "not taken out here",
    "chart article met permit": "permitted",
    "chart article not met permit": "not permitted here",
    "chart article met scope": "within the law",
    "chart article not met scope": "not within the law by this",
    "chart article met define": "it is one",
    "chart article not met define": "it is none",
    "chart article met presume": "presumed",
    "chart article not met presume": "not presumed",
    "chart article met penalty": "the penalty can be due",
    "chart article not met penalty": "not due by this",
}
