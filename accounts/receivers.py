"""What follows from allauth's notices."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.permissions import SECOND_FACTOR


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **more: Any) -> None:
    """Who came in and when; from where is in the person's own list of sessions, while it lasts."""
    audit.record("sign_in", "person", user.username, by=user, at=timezone.now())


@receiver(authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Any, **more: Any) -> None:
    """Whoever has just shown a new factor to work need not show it once more in this session."""
    if authenticator.type != "recovery_codes":
        request.session[SECOND_FACTOR] = user.pk
    audit.record(
        "add_factor", "person", user.username, by=user, at=timezone.now(), kind=authenticator.type
    )


@receiver(authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Any, **more: Any) -> None:
    """Without a factor of any kind the session counts as having given none."""
    from allauth.mfa.utils import is_mfa_enabled

    if not is_mfa_enabled(user):
        request.session.pop(SECOND_FACTOR, None)
    audit.record(
        "remove_factor",
        "person",
        user.username,
        by=user,
        at=timezone.now(),
        kind=authenticator.type,
    )
