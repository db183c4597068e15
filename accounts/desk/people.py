"""The administrators' page of people: who may do what, invitations, sessions, tokens."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import tokens, workflow
from accounts.choices import Role
from accounts.desk.invitations import open_invitations
from accounts.forms import RoleForm, countries
from accounts.models import ApiToken, User
from accounts.permissions import DeskRequest, require

administrators = require(Role.ADMINISTRATOR)


def people() -> QuerySet[User]:
    """Everybody with whether they have a second factor; accounts for automatic work come last."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return User.objects.annotate(has_factor=Exists(factors)).order_by("-is_active", "username")


@require_safe
@administrators
def people_list(request: DeskRequest) -> HttpResponse:
    """Everybody with an account, and the invitations that are still open."""
    context = {
        "people": people(),
        "invitations": open_invitations(timezone.now()),
        "names": dict(countries()),
    }
    return render(request, "desk/people/list.html", context)


@require_safe
@administrators
def person(request: DeskRequest, username: str) -> HttpResponse:
    """One person: role and scope, factors, sessions, tokens."""
    who = get_object_or_404(people(), username=username)
    form = RoleForm(initial={"role": who.role, "countries": who.countries})
    return _page(request, who, form)


def _page(request: DeskRequest, who: User, form: RoleForm, status: int = 200) -> HttpResponse:
    context = {
        "person": who,
        "form": form,
        "is_self": who.pk == request.user.pk,
        "factors": Authenticator.objects.filter(user=who),
        "sessions": UserSession.objects.filter(user=who).order_by("-created_at"),
        "tokens": who.tokens.select_related("person"),
        "now": timezone.now(),
    }
    return render(request, "desk/people/person.html", context, status=status)


@require_POST
@administrators
def change_role(request: DeskRequest, username: str) -> HttpResponse:
    """Give another role or other countries."""
    who = get_object_or_404(User, username=username)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, who, form, status=400)
    return _done(
        request,
        who,
        lambda: workflow.change_role(who, **form.cleaned_data, **_signature(request)),
        _("Role and countries are saved."),
    )


@require_POST
@administrators
def act(request: DeskRequest, username: str) -> HttpResponse:
    """One of the verbs without a form of its own, named by the button."""
    who = get_object_or_404(User, username=username)
    asked = request.POST.get("verb", "")
    signature = _signature(request)
    if asked == "deactivate":
        return _done(
            request, who, lambda: workflow.deactivate(who, **signature),
            _("%(name)s can sign in no more; sessions and tokens have ended."),
        )  # fmt: skip
    if asked == "reactivate":
        return _done(
            request, who, lambda: workflow.reactivate(who, **signature),
            _("%(name)s can sign in again."),
        )  # fmt: skip
    if asked == "reset_factors":
        return _done(
            request, who, lambda: workflow.reset_factors(who, **signature),
            _("The second factors of %(name)s are removed; the next sign-in sets up new ones."),
        )  # fmt: skip
    if asked == "end_sessions":
        ended = workflow.end_sessions(who, **signature)
        messages.success(
            request,
            ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", ended)
            % {"n": ended},
        )
        return redirect("people:person", username=who.username)
    raise BadRequest(
        f"verb is {asked!r}; it must be deactivate, reactivate, reset_factors or end_sessions."
    )


@require_POST
@administrators
def revoke_token(request: DeskRequest, username: str, key: str) -> HttpResponse:
    """End somebody's token."""
    token = get_object_or_404(ApiToken, key=key, person__username=username)
    tokens.revoke(token, **_signature(request))
    messages.success(request, _("The token “%(name)s” works no more.") % {"name": token.name})
    return redirect("people:person", username=username)


def _signature(request: DeskRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _done(request: DeskRequest, who: User, verb: Callable[[], object], told: str) -> HttpResponse:
    """Do the verb and say so, or say why not, on the person's page."""
    try:
        verb()
    except workflow.PeopleRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, told % {"name": who.username})
    return redirect("people:person", username=who.username)
