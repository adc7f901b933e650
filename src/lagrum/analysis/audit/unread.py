"""Facts of the vocabularies that no law at hand asks."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.analysis.audit.result import Finding, Level
from lagrum.model.instruments import Pack
from lagrum.semantics.order import conditions_of, facts_of


def unread_facts(pack: Pack) -> Iterator[Finding]:
    """One finding for each vocabulary with facts that no rule of any text of any instrument of the pack reads."""
    texts = [version.instrument for versions in pack.versions.values() for version in versions]
    texts += pack.instruments.values()
    read = {name for text in texts for norm in text.norms for name in facts_of(conditions_of(norm))}
    read |= {name for text in texts for other in text.elsewhere if other.when for name in facts_of([other.when])}
    for vocabulary in sorted(pack.vocabularies.values(), key=lambda v: v.id):
        left = [fact.name for fact in vocabulary.facts if fact.name not in read]
        if left:
            names = ", ".join(f"`{name}`" for name in left)
            sentence = f"no law asks {names} of the vocabulary {vocabulary.id}"
            yield Finding(vocabulary.id, "unread-fact", Level.LOW, "", (), sentence)
