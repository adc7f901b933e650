"""Words in texts that indicate answers to facts: data files for each language, and what reads texts by them.

`indicate(text, language)` is the interface (`lagrum.screening.coded.Indicate`). A reader of another kind, such as a
model, can stand in its place if it gives the same: the words as they stand in the text, their span, the answers, and a
name that tells what found them. None is built in.
"""

from lagrum.screening.indicators.reader import hinted, indicate

__all__ = ["hinted", "indicate"]
