"""All diagnostic codes, each with the page that `lagrum explain CODE` prints.

LG01xx law blocks · LG02xx syntax · LG03xx facts and vocabularies · LG04xx names and citations · LG05xx norms and
dates · LG06xx cases · LG07xx packs and options · LG08xx registers ·
LG09xx the server.
"""

from __future__ import annotations

from lagrum.language.codes.blocks_01 import BLOCKS
from lagrum.language.codes.cases import CASES
from lagrum.language.codes.facts import FACTS
from lagrum.language.codes.names import NAMES
from lagrum.language.codes.norms import NORMS
from lagrum.language.codes.options import OPTIONS
from lagrum.language.codes.packs import PACKS
from lagrum.language.codes.reasoning import REASONING
from lagrum.language.codes.record import Code
from lagrum.language.codes.registers import REGISTERS
from lagrum.language.codes.server import SERVER
from lagrum.language.codes.syntax_02 import SYNTAX
from lagrum.language.codes.texts import TEXTS

__all__ = ["CODES", "Code"]

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        *BLOCKS,
        *SYNTAX,
        *FACTS,
        *NAMES,
        *NORMS,
        *CASES,
        *REASONING,
        *PACKS,
        *TEXTS,
        *OPTIONS,
        *REGISTERS,
        *SERVER,
    )
}
