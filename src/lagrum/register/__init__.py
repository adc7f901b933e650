"""The register: a team's systems, their assessments and decisions, the drafts of a browser, accounts, and a history
of every change that can be verified. Needs the extra `serve`."""

from lagrum.register.accounts import Account, Accounts, Role
from lagrum.register.ahead import Ahead, Because, Outlook, Side, Unread, changes_ahead
from lagrum.register.assessing import assess_stale, case_and_law
from lagrum.register.assessments import Assessed, Assessments
from lagrum.register.audit import Audit, Seen
from lagrum.register.calendars import in_english, to_ics
from lagrum.register.chain import Entry, Verified, verify_export
from lagrum.register.decisions import Decision, DecisionKind, Decisions
from lagrum.register.drafts import Draft, Drafts
from lagrum.register.errors import Both, Conflict, NotFound, StoreError
from lagrum.register.evidence import Evidence
from lagrum.register.exchange import BadFile, Imported, Usual, case_file, export_zip, import_files
from lagrum.register.history import History
from lagrum.register.place import data_folder, database_url
from lagrum.register.sessions import Sessions
from lagrum.register.store import Store
from lagrum.register.systems import Filters, Status, System, Systems

__all__ = [
    "Account",
    "Accounts",
    "Ahead",
    "Assessed",
    "Assessments",
    "Audit",
    "BadFile",
    "Because",
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
    "Imported",
    "NotFound",
    "Outlook",
    "Role",
    "Seen",
    "Sessions",
    "Side",
    "Status",
    "Store",
    "StoreError",
    "System",
    "Systems",
    "Unread",
    "Usual",
    "Verified",
    "assess_stale",
    "case_and_law",
    "case_file",
    "changes_ahead",
    "data_folder",
    "database_url",
    "export_zip",
    "import_files",
    "in_english",
    "to_ics",
    "verify_export",
]
