"""What each ruling rests on, norm by norm."""

from __future__ import annotations

from functools import cached_property

from lagrum.model.norms import NormKind
from lagrum.model.rulings import Status
from lagrum.semantics.compile import Compiled
from lagrum.semantics.logic import Node


class Grounds:
    """The norms of one compiled law, sorted by what they bring about. Nothing is built before it is asked for."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.law = compiled.law

    @cached_property
    def forbids(self) -> dict[str, Node]:
        """Where each prohibition applies, or a duty that must be met before use applies and is not met."""
        found: dict[str, Node] = {}
        for key, norm in self.law.norms.items():
            if norm.kind is NormKind.FORBID:
                found[key] = self.compiled.applies(key)
            elif norm.kind is NormKind.REQUIRE and norm.before_use:
                found[key] = self.compiled.unmet(key)
        return found

    @cached_property
    def lifted(self) -> dict[str, Node]:
        """Where each prohibition would apply if no exception lifted it, and one does."""
        forbidding = (key for key, norm in self.law.norms.items() if norm.kind is NormKind.FORBID)
        return {key: self.compiled.statuses(key)[Status.DEFEATED] for key in forbidding}

    @cached_property
    def binds(self) -> dict[str, Node]:
        """Where each duty or class applies."""
        norms = self.law.norms.items()
        binding = (key for key, norm in norms if norm.kind in (NormKind.REQUIRE, NormKind.CLASSIFY))
        return {key: self.compiled.applies(key) for key in binding}
