"""People, their roles, invitations, tokens, and the append-only audit trail."""

from accounts.models.audit import AuditEntry
from accounts.models.invitation import Invitation
from accounts.models.people import PeopleManager, User
from accounts.models.token import ApiToken

__all__ = ["ApiToken", "AuditEntry", "Invitation", "PeopleManager", "User"]
