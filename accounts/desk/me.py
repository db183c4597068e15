"""A person's own account: where to begin, the second factor, tokens."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import idle, tokens
from accounts.choices import Role
from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.permissions import DeskRequest, has_second_factor, needs_second_factor, require

# Where work begins for each role; the rooms above ours are known by their URL names.
BEGINS = {
    Role.CONTRIBUTOR: "desk:mine",
    Role.EDITOR: "desk:queue",
    Role.REVIEWER: "desk:queue",
    Role.ADMINISTRATOR: "desk:queue",
}


@require_safe
@require(Role.READER)
def start(request: DeskRequest) -> HttpResponse:
    """The place where this person's work begins."""
    role = Role.ADMINISTRATOR if request.user.is_superuser else Role(request.user.role)
    return redirect(BEGINS.get(role, "people:me"))


@require_safe
@require(Role.READER)
def me(request: DeskRequest) -> HttpResponse:
    """What this person may do, and how the account is kept safe."""
    factors = Authenticator.objects.filter(user=request.user)
    context = {
        "factors": factors,
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "live_tokens": request.user.tokens.filter(
            revoked_at=None, expires_at__gt=timezone.now()
        ).count(),
    }
    return render(request, "desk/people/me.html", context)


@require_safe
@require(Role.READER)
def awake(request: DeskRequest) -> HttpResponse:
    """Somebody is still there: asking for this keeps the session."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Role.READER)
def unsent(request: DeskRequest) -> HttpResponse:
    """The form that came too late, to be sent now or (by POST) thrown away."""
    if request.method == "POST":
        request.session.pop(idle.UNSENT, None)
        messages.info(request, _("What you had typed is thrown away."))
    form = idle.unsent(request)
    if form is None:
        return redirect("people:start")
    return render(request, "desk/people/unsent.html", form)


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Says why a second factor is needed, and leads to the ways of giving or adding one."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    person: Any = request.user
    if has_second_factor(request) or not needs_second_factor(person):
        return redirect("people:start")
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return render(request, "desk/people/second_factor.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Role.CONTRIBUTOR)
def token_list(request: DeskRequest) -> HttpResponse:
    """The person's tokens, and a form for another. A new token is shown on this answer only."""
    form = TokenForm(request.POST or None, person=request.user)
    shown = None
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        _token, shown = tokens.issue(
            request.user,
            name=form.cleaned_data["name"],
            role=Role(form.cleaned_data["role"]),
            expires_at=form.expires_at(now),
            by=request.user,
            at=now,
        )
        form = TokenForm(person=request.user)
    context = {
        "form": form,
        "shown": shown,
        "now": timezone.now(),
        "tokens": request.user.tokens.select_related("person"),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "desk/people/token_list.html", context, status=status)


@require_POST
@require(Role.CONTRIBUTOR)
def revoke_token(request: DeskRequest, key: str) -> HttpResponseRedirect:
    """End one of one's own tokens."""
    token = get_object_or_404(ApiToken, key=key, person=request.user)
    tokens.revoke(token, by=request.user, at=timezone.now())
    messages.success(request, _("The token “%(name)s” works no more.") % {"name": token.name})
    return redirect("people:tokens")
