"""Who may do what at the desk: a role, a country scope, and a second factor for editors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.choices import Role
from accounts.models import User

P = ParamSpec("P")

# Set in the session when a person adds a first factor in it; signing in leaves allauth's record.
SECOND_FACTOR = "second_factor_added"


class DeskRequest(HttpRequest):
    """A request that passed `require`: somebody is signed in."""

    user: User


def require(
    role: Role,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A view for people with at least `role`; from editor upward only after a second factor.

    Anonymous readers are asked to sign in, people without a second factor to set one up, and the
    others get a 403 that names the role. The page is stored nowhere.
    """

    def decorate(
        view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return refused(request, role) or view(cast(DeskRequest, request), *args, **kwargs)

        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", guarded)

    return decorate


def refused(request: HttpRequest, role: Role) -> HttpResponseBase | None:
    """Where this request goes instead, or None where it may pass. Raises PermissionDenied."""
    person = request.user
    if not isinstance(person, User) or not person.is_active:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if not person.may(role):
        raise PermissionDenied(
            _("This needs the role “%(needed)s”; you are %(role)s.")
            % {"needed": role.label, "role": Role(person.role).label}
        )
    if needs_second_factor(person) and not has_second_factor(request):
        return HttpResponseRedirect(reverse("people:second-factor"))
    return None


def needs_second_factor(person: User) -> bool:
    """Editors and above sign in with two factors: they can change what the world reads."""
    return person.may(Role.EDITOR)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor or a passkey, or has just added one."""
    person = request.user
    if isinstance(person, AnonymousUser):
        return False
    if request.session.get(SECOND_FACTOR) == person.pk:
        return True
    records = get_authentication_records(request, person)
    return any(record["method"] == "mfa" for record in records)


def may_edit(person: User, country: Any) -> bool:
    """Whether `country` (a row with `iso3`, an ISO3 code, or None) is in the person's scope.

    No scope means everywhere. What has no country yet may be edited by everybody.
    """
    if not person.countries or country is None:
        return True
    return getattr(country, "iso3", country) in person.countries


def scope(person: User) -> list[str] | None:
    """ISO3 codes to filter a list by, or None for everywhere."""
    return list(person.countries) or None
