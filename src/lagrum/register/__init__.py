"""The register: a team's systems, their assessments and decisions, the drafts of a browser, accounts, and a history
of every change that can be verified. Needs the extra `serve`."""

from lagrum.register.accounts import Account, Accounts, Role
from lagrum.register.assessments import Assessed, Assessments
from lagrum.register.audit import Audit, Seen
from lagrum.register.chain import Entry, Verified, verify_export
from lagrum.register.decisions import Decision, DecisionKind, Decisions
from lagrum.register.drafts import Draft, Drafts
from lagrum.register.errors import Both, Conflict, NotFound, StoreError
from lagrum.register.evidence import Evidence
from lagrum.register.history import History
from lagrum.register.sessions import Sessions
from lagrum.register.store import Store
from lagrum.register.systems import Filters, Status, System, Systems

__all__ = [
    "Account",
    "Accounts",
    "Assessed",
    "Assessments",
    "Audit",
    "Both",
    "Conflict",
    "Decision",
    "DecisionKind",
    "Decisions",
    "Draft",
    "Drafts",
    "Entry",
    "Evidence",
    "Filters",
    "History",
    "NotFound",
    "Role",
    "Seen",
    "Sessions",
    "Status",
    "Store",
    "StoreError",
    "System",
    "Systems",
    "Verified",
    "verify_export",
]
