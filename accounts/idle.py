"""Sessions of editors and above end after a time without activity, and lose nothing that was typed.

What an idle browser sends is kept in its new, empty session until the same person has signed in
again; then they see it and send it themselves.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.edge import PREFIXES
from accounts.models import User
from accounts.permissions import needs_second_factor

WATCHED = (*PREFIXES, "/api/v1/desk/")
# How exactly the last activity is noted: a page that saves itself does not write for every word.
NOTED_EVERY = dt.timedelta(minutes=1)
# How long before the end a page of the desk says so.
WARNED_BEFORE = dt.timedelta(minutes=2)
# What pages ask for by themselves: nobody need sit before them.
BY_THEMSELVES = ("jobs:now",)
UNSENT = "unsent_form"
# Rooms of the desk whose forms are kept; those about accounts hold secrets.
KEPT = ("desk", "reference", "report-desk")
LARGEST_FORM = 1_000_000  # characters


class IdleMiddleware:
    """Signs out an editor, or anybody above, who has done nothing at the desk for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Here and not before: a form from another site has been refused by now."""
        if not request.path.startswith(WATCHED):
            return None
        if is_too_late(request):
            return _to_sign_in() if _end(request) else None
        held = request.session.get(UNSENT)
        if held and request.method == "POST" and held["path"] == request.get_full_path():
            del request.session[UNSENT]
        return None


def limit() -> dt.timedelta:
    return dt.timedelta(seconds=settings.DESK_IDLE_SECONDS)


def is_too_late(request: HttpRequest) -> bool:
    """Whether this session was idle for too long; notes the activity where it was not."""
    person = request.user
    key = request.session.session_key
    if not isinstance(person, User) or key is None or not needs_second_factor(person):
        return False
    seen = UserSession.objects.filter(session_key=key).values_list("last_seen_at", flat=True)
    last, now = seen.first(), timezone.now()
    if last is None:
        UserSession.objects.create_from_request(request)
    elif now - last > limit():
        return True
    elif now - last > NOTED_EVERY and not _is_by_itself(request):
        UserSession.objects.filter(session_key=key).update(last_seen_at=now)
    return False


def _is_by_itself(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in BY_THEMSELVES


def _end(request: HttpRequest) -> bool:
    """End the session; whether a form that was sent is kept for the same person."""
    person, kept = request.user, _typed(request)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    if kept is None:
        return False
    request.session[UNSENT] = {"person": person.pk, "path": request.get_full_path(), "form": kept}
    return True


def _typed(request: HttpRequest) -> str | None:
    """What a form about incidents or reference rows holds; None for everything else."""
    match = request.resolver_match
    is_script = request.headers.get("Sec-Fetch-Mode") == "cors" or "HX-Request" in request.headers
    if request.method != "POST" or is_script or match is None or match.namespace not in KEPT:
        return None
    form = request.POST.copy()
    form.pop("csrfmiddlewaretoken", None)
    text = form.urlencode()
    return text if 0 < len(text) <= LARGEST_FORM else None


def _to_sign_in() -> HttpResponseRedirect:
    after = urlencode({"next": reverse("people:unsent")})
    return HttpResponseRedirect(f"{reverse('account_login')}?{after}")


def unsent(request: HttpRequest) -> dict[str, Any] | None:
    """Path and fields of the form that this person could not send; None where there is none."""
    held = request.session.get(UNSENT)
    if held is None or held["person"] != request.user.pk:
        request.session.pop(UNSENT, None)
        return None
    rows = QueryDict(held["form"]).lists()
    return {
        "path": held["path"],
        "fields": [(name, value) for name, values in rows for value in values],
    }
