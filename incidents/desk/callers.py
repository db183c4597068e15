"""Who calls the write API: the person of a token, or of a session at the desk."""

import copy
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import permissions
from accounts.choices import Role
from accounts.models import ApiToken, User
from accounts.tokens import TokenAuthentication

AUTHENTICATION = (TokenAuthentication, SessionAuthentication)


class MayWrite(BasePermission):
    """A contributor or above; an editor's session needs its second factor, as on the pages."""

    def has_permission(self, request: Request, view: Any) -> bool:
        person = request.user
        if not isinstance(person, User):
            raise NotAuthenticated(
                _("This needs a token: send “Authorization: Bearer vgl_…”, made at the desk.")
            )
        if not acting(request).may(Role.CONTRIBUTOR):
            self.message = _("This needs the role “%(needed)s”.") % {
                "needed": Role.CONTRIBUTOR.label
            }
            return False
        if request.auth is None and permissions.needs_second_factor(person):
            self.message = _("Sign in with your second factor first.")
            return permissions.has_second_factor(request._request)
        return True


def acting(request: Request) -> User:
    """The caller with no more than the role of their token; never saved."""
    token, person = request.auth, request.user
    if not isinstance(person, User):
        raise NotAuthenticated
    if not isinstance(token, ApiToken):
        return person
    limited = copy.copy(person)
    limited.is_superuser = False
    limited.role = token.role if person.may(Role(token.role)) else person.role
    return limited
