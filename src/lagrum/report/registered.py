"""What is registered, as JSON: systems, their assessments and decisions, as `schemas/register.json` describes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lagrum.register import Assessed, Decision, System


def system_to_dict(system: System, assessments: Iterable[Assessed] = ()) -> dict[str, Any]:
    """A system as JSON, with what was made of it."""
    return {
        "id": system.id,
        "version": system.version,
        "name": system.name,
        "description": system.description,
        "owner": system.owner,
        "role": system.role,
        "laws": list(system.laws),
        "review_due": system.review_due.isoformat() if system.review_due else None,
        "status": system.status.value,
        "created": system.created.isoformat(),
        "changed": system.changed.isoformat(),
        "evidence": [
            {
                "id": each.id,
                "fact": each.fact,
                "kind": each.kind,
                "title": each.title,
                "url": each.url,
                "file_name": each.file_name,
                "sha256": each.sha256,
                "size": each.size,
                "by": each.by,
                "when": each.when.isoformat(),
            }
            for each in system.evidence
        ],
        "assessments": [assessed_to_dict(each) for each in assessments],
    }


def assessed_to_dict(each: Assessed) -> dict[str, Any]:
    """An assessment as JSON, without the document."""
    return {
        "id": each.id,
        "system": each.system,
        "version": each.version,
        "hashes": dict(each.hashes),
        "on": each.on.isoformat(),
        "text_of": each.text_of.isoformat(),
        "ruling": each.ruling.value,
        "who": each.who,
        "when": each.when.isoformat(),
    }


def decision_to_dict(each: Decision) -> dict[str, Any]:
    """A decision or review as JSON."""
    return {
        "id": each.id,
        "kind": each.kind.value,
        "text": each.text,
        "by": each.by,
        "on": each.on.isoformat(),
        "next_review": each.next_review.isoformat() if each.next_review else None,
        "when": each.when.isoformat(),
    }
