"""Invitations: sent by an administrator, accepted by whoever holds the link."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import workflow
from accounts.choices import Role
from accounts.forms import AcceptForm, InvitationForm
from accounts.models import Invitation, User
from accounts.permissions import DeskRequest, require

methods = require_http_methods(["GET", "HEAD", "POST"])


def open_invitations(at: dt.datetime) -> QuerySet[Invitation]:
    """Links that still make an account at this moment."""
    return Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=at
    ).select_related("invited_by")


def link(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("people:accept", args=[secret]))


@methods
@require(Role.ADMINISTRATOR)
def invite(request: DeskRequest) -> HttpResponse:
    """Invite somebody. The link is sent by e-mail and shown on this answer only."""
    form = InvitationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "desk/people/invite.html", {"form": form}, status=status)
    try:
        made, secret = workflow.invite(**form.cleaned_data, by=request.user, at=timezone.now())
    except workflow.PeopleRefused as refused:
        form.add_error("email", str(refused))
        return render(request, "desk/people/invite.html", {"form": form}, status=400)
    address = link(request, secret)
    context = {"invitation": made, "link": address, "sent": _send(made, address)}
    return render(request, "desk/people/invited.html", context)


def _send(made: Invitation, address: str) -> bool:
    """Whether the mail server took the letter; the link can be handed over by other ways too."""
    letter = render_to_string("desk/people/invitation.txt", {"invitation": made, "link": address})
    subject = _("You are invited to the desk of Vigil")
    try:
        return bool(send_mail(subject, letter, settings.DEFAULT_FROM_EMAIL, [made.email]))
    except OSError:
        return False


@require_POST
@require(Role.ADMINISTRATOR)
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Make an open link useless."""
    which = get_object_or_404(Invitation, pk=pk)
    try:
        workflow.revoke_invitation(which, by=request.user, at=timezone.now())
    except workflow.PeopleRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(
            request, _("The invitation of %(email)s is withdrawn.") % {"email": which.email}
        )
    return redirect("people:list")


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@methods
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a name and a password. Only sending the form uses the link up, not opening it."""
    now = timezone.now()
    found = workflow.invitation(secret)
    if found is None or not found.is_open(now):
        return _closed(request, workflow.why_closed(found, now))
    form = AcceptForm(User(email=found.email), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.accept(
                secret,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["new_password1"],
                at=now,
            )
        except workflow.PeopleRefused as refused:
            found.refresh_from_db()
            if not found.is_open(now):
                return _closed(request, str(refused))
            form.add_error("username", str(refused))
        else:
            messages.success(request, _("Your account is ready: sign in with it."))
            return redirect("account_login")
    context = {"form": form, "invitation": found}
    return render(request, "desk/people/accept.html", context, status=400 if form.errors else 200)


def _closed(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "desk/people/invitation_closed.html", {"why": why}, status=410)
