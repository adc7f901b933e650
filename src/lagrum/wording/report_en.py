"""Reports in English."""

REPORT_ENGLISH = {
    "report title": "What the law lets through: {law}",
    "report short": "{law} against {position}",
    "report lead": "{ways} and {holes} on {day}.",
    "report ways one": "{number} way in",
    "report ways many": "{number} ways in",
    "report holes one": "{number} loophole",
    "report holes many": "{number} loopholes",
    "report complete": "Complete: every open case lies in one of them.",
    "report not complete": "Not complete: more may be found.",
    "report none": "No loophole was found, and the search was complete.",
    "report label law": "Law",
    "report label position": "Position",
    "report label day": "Judged on",
    "report label text": "Text known on",
    "report label id": "Report",
    "report label review": "Review",
    "report named": "{title} ({id})",
    "report not advice": "This is not legal advice. {reviewed}",
    "report para": "para",
    "report table": "Table",
    "report figure": "Figure",
    "report contents": "Contents",
    "report page": "page {page} of {pages}",
    "report section answer": "Answer",
    "report section ways": "The ways in, one by one",
    "report section apart": "Where and when the law applies",
    "report section spread": "Where else they are open",
    "report section balance": "What closing them would cost",
    "report section days": "The days of the law",
    "report section method": "Method and limits",
    "report section readings": "Readings, judgements and what was given",
    "report section review": "How far the texts were reviewed",
    "report section again": "How to reproduce this",
    "report section usual": "Usual answers",
    "report section provisions": "Table of provisions",
    "report answer": (
        "{position} asks that a use be forbidden, and {law} does not forbid it: that is a loophole. On {day} there are "
        "{holes}, opened by {ways} of the law's own words or silences."
    ),
    "report answer kind no norm": "{ways}: no prohibition speaks of the practice.",
    "report answer kind element": "{ways}: a word of the prohibition is missing.",
    "report answer kind exception": "{ways}: an exception lifts the prohibition.",
    "report answer kind exclusion": "{ways}: an exclusion takes the use out of the law.",
    "report answer kind scope": "{ways}: the law does not reach the use.",
    "report answer kind date": "{ways}: the prohibition does not apply on that day.",
    "report unfinished": "Not complete: {reason}.",
    "report caption cover": "How much each way in lets through. Table {table} has the same numbers.",
    "report caption ways": "The ways in, in the order of the search.",
    "report head number": "No.",
    "report head opened": "Opened by",
    "report head place": "Place",
    "report head except": "The ordinary forbidden case, except that",
    "report head ruling": "Ruling",
    "report head holes": "Loopholes",
    "report head share": "Share",
    "report head paras": "Paras",
    "report open no norm": "No prohibition of the law speaks of {practices}.",
    "report open element": (
        "{norm} forbids only where this is met: {condition} ({place}). Where it is not, the prohibition does not apply."
    ),
    "report open exception": "{place} lifts {norm}: {condition}.",
    "report open exclusion": "{place} takes the use out of the reach of {norm}: {condition}.",
    "report open scope": "The law does not reach the use ({place}): {condition}.",
    "report open date": "{norm} does not apply on that day: {condition}.",
    "report practices": "Open for: {practices}.",
    "report any practice": "any practice",
    "report ordinary": "Witness: the ordinary case itself.",
    "report ordinary except": "Witness: the ordinary forbidden case, except that {differences}.",
    "report first case except": "Witness: the ordinary case, except that {differences}.",
    "report and": " and ",
    "report witness": "The witness in full: {answers}. Every other question has its usual answer ({section}).",
    "report gets": "Such a case gets: {ruling}.",
    "report gets by": "Such a case gets: {ruling}, by {duties}.",
    "report vouched": "It rests on the word of {party}.",
    "report vouched nobody": "It rests on nobody's word.",
    "report judged": "Somebody must judge: {judgements}.",
    "report holes list": "{holes}: {list}.",
    "report hole": "({number}) {conditions}",
    "report hole of": "({number}) {practice}: {conditions}",
    "report hole always": "in every case",
    "report closes": "What would close it: {closings}.",
    "report close element": 'strike "{condition}" from {norm}',
    "report close way": 'strike the way "{way}" from {place}',
    "report close exception": "repeal {place}",
    "report close exclusion": "keep {norm} out of {place}",
    "report close scope": "widen {place} to these cases",
    "report close date": "let {norm} apply on that day",
    "report close no norm": "forbid the practice in {law}",
    "report or": ", or ",
    "report share": "Of the described cases of its practice {share} lie in it.",
    "report apart": "These say nothing of what the law forbids, only where and when it does.",
    "report caption spread": "Where else the ways in are open. Table {table} says the same.",
    "report caption spread table": "The same letters; the columns are the numbers of the ways in.",
    "report caption balance": "Ways in still open against uses lost. Table {table} says the same.",
    "report caption balance table": "The choices of the figure, by their numbers.",
    "report balance": (
        "Each choice is an amending act that {command} writes, to be loaded and compared. It is a draft by a program."
    ),
    "report spread": "Each law is taken where it applies and as if it were in force; {title}.",
    "report caption days": "When the rules of the law begin and end. Table {table} says the same.",
    "report caption days table": "The same spans, with the rules and where they stand.",
    "report method search": (
        "Both texts are encoded as rules over the same questions. The region of all complete answers that {position} "
        "forbids and {law} does not is computed as decision diagrams, split by the words that open it, and "
        "each part told "
        "by its largest boxes."
    ),
    "report method exact": (
        "It is exact, not sampled. That the ways in cover every open case and nothing else, and that no condition of a "
        "loophole can be dropped, was checked; each witness was replayed in a second, plain reading of both texts."
    ),
    "report method unknown": (
        "What nobody said is unknown, never no. What somebody must weigh is a question for a person and is not decided "
        "here. Answers that cannot go together are left out, as the vocabularies say."
    ),
    "report method share": (
        "A share counts described cases within the practice, each once. It is no share of the world, and "
        "shares of ways "
        "that overlap do not add up."
    ),
    "report method alone": (
        "The law is read alone: what national laws that attach to it permit or forbid is not in it."
    ),
    "report method norms": "A finding says what the encoded text lets through, not what a court would make of it.",
    "report governed": "Also governed by {laws}, which is not encoded.",
    "report readings": (
        "Some provisions can honestly be read in several ways. Table {table} says which way each was read; "
        "another choice "
        "can change the findings ({command})."
    ),
    "report no readings": "No disputed reading was needed.",
    "report caption readings": "Disputed readings, and how they were read.",
    "report head instrument": "Text",
    "report head reading": "Question",
    "report head chosen": "Read as",
    "report head otherwise": "Or",
    "report judgements": "Findings lean on these judgements, which somebody has to make: {judgements}.",
    "report judgement by": "{name} ({party})",
    "report no judgements": "No finding leans on a judgement.",
    "report given": "Given for the whole report: {given}.",
    "report nothing given": "Nothing was given beforehand: every answer was open.",
    "report caption review": "What each text was encoded from, and who has checked it.",
    "report head title": "Title",
    "report head published": "Published",
    "report head reviewed": "Review",
    "report review": (
        "The encodings say themselves how far they were reviewed. No answer is more certain than its text."
    ),
    "report again": "The same report comes from this command, with the same version of lagrum and the same texts:",
    "report again id": "Its id is {id}, a hash of all inputs; lagrum {version}. To cite it: {citation}.",
    "report cite": "lagrum, report {id}, {law} against {position}, on {day}",
    "report caption hashes": "The texts, by content.",
    "report head id": "Id",
    "report head version": "Newest text",
    "report head hash": "SHA-256",
    "report usual": "A witness answers these questions so, where it does not say otherwise.",
    "report caption usual": "The usual answers.",
    "report head fact": "Question",
    "report head usual": "Usual answer",
    "report none of these": "none",
    "report provisions": "Every place of the law that is cited, and the paragraphs that cite it.",
    "report caption provisions": "Provisions cited.",
    "report head says": "Rule",
}
