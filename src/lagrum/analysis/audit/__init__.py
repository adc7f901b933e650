"""What can be said of a law unasked: rules that never apply, that others cover, that their exceptions swallow."""

from lagrum.analysis.audit.result import KINDS, Audit, Finding, Level, Moment
from lagrum.analysis.audit.search import audit
from lagrum.analysis.audit.unread import unread_facts

__all__ = ["KINDS", "Audit", "Finding", "Level", "Moment", "audit", "unread_facts"]
