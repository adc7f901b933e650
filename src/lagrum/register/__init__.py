"""The register: a team's systems, their assessments and decisions, the drafts of a browser, accounts, and a history
of every change that can be verified. Needs the extra `serve`."""

from lagrum.register.accounts import Account, Accounts, Role
from lagrum.register.audit import Audit, Seen
from lagrum.register.chain import Entry, Verified, verify_export
from lagrum.register.drafts import Draft, Drafts
from lagrum.register.errors import Both, Conflict, NotFound, StoreError
from lagrum.register.history import History
from lagrum.register.sessions import Sessions
from lagrum.register.store import Store

__all__ = [
    "Account",
    "Accounts",
    "Audit",
    "Both",
    "Conflict",
    "Draft",
    "Drafts",
    "Entry",
    "History",
    "NotFound",
    "Role",
    "Seen",
    "Sessions",
    "Store",
    "StoreError",
    "Verified",
    "verify_export",
]
