"""Tokens of the write API: issued and revoked here, and the way the API knows its caller."""

import datetime as dt
import hmac

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import audit
from accounts.choices import Role
from accounts.keys import digest, digests, new_secret
from accounts.models import ApiToken, User

PREFIX = "vgl"
# How exactly the last use is noted: a busy token does not write a row for every request.
NOTED_EVERY = dt.timedelta(minutes=1)


@transaction.atomic
def issue(
    person: User,
    *,
    name: str,
    expires_at: dt.datetime,
    by: User,
    at: dt.datetime,
    role: Role = Role.CONTRIBUTOR,
) -> tuple[ApiToken, str]:
    """A new token of `person` and its text, which nobody can see again."""
    secret = new_secret()
    token = ApiToken.objects.create(
        person=person, name=name, role=role, digest=digest(secret),
        issued_at=at, issued_by=by, expires_at=expires_at,
    )  # fmt: skip
    audit.record(
        "issue_token", "token", token.key, by=by, at=at,
        person=person.username, name=name, role=role, expires_at=expires_at.isoformat(),
    )  # fmt: skip
    return token, f"{PREFIX}_{token.key}_{secret}"


@transaction.atomic
def revoke(token: ApiToken, *, by: User, at: dt.datetime) -> ApiToken:
    """End a token; ending it twice changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = at, by
        token.save()
        audit.record(
            "revoke_token", "token", token.key, by=by, at=at,
            person=token.person.username, name=token.name,
        )  # fmt: skip
    return token


def find(text: str, *, at: dt.datetime) -> ApiToken | None:
    """The live token with this text, or None whatever is wrong with it."""
    prefix, _key, rest = text.partition("_")
    key, _rest, secret = rest.partition("_")
    if prefix != PREFIX or not secret:
        return None
    token = ApiToken.objects.select_related("person").filter(key=key).first()
    if token is None or not token.is_live(at):
        return None
    return token if any(hmac.compare_digest(d, token.digest) for d in digests(secret)) else None


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer vgl_…`; the caller is the token's person, `request.auth` the token."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, text = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        now = timezone.now()
        token = find(text.decode("latin-1").strip(), at=now)
        if token is None:
            raise AuthenticationFailed(
                _("This token is unknown, expired or revoked. Make a new one at the desk.")
            )
        if token.last_used_at is None or now - token.last_used_at > NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Vigil"'
