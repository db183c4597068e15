"""Signing in: nobody registers, and nobody can keep another out."""

import hashlib
import logging
import time
import unicodedata
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

logger = logging.getLogger("vigil.accounts")


class DeskAdapter(DefaultAccountAdapter):
    """allauth with the desk's rules."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not undo what the letter is about."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as failure:
            logger.warning("The letter %s could not be sent: %s", template_prefix, failure)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Asks again only when the last proof in this session is older than the timeout.

        allauth asks even somebody who signed in a moment ago, on the way to a first second factor.
        """
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(
            time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records
        )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed attempts are counted for one account from one address.

        Counted for the account alone, as allauth does, five wrong guesses by a stranger would
        keep the editor out. Spellings that name one account share one count, and so do the
        addresses of one IPv6 network.
        """
        login = credentials.get("email") or credentials.get("username") or ""
        login = unicodedata.normalize("NFKC", login).casefold()
        told = f"{login}|{get_ip(request)}"
        return hashlib.sha256(told.encode()).hexdigest()
