"""What administrators do with people. Every verb is one transaction with one audit entry."""

import datetime as dt
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.choices import Role
from accounts.keys import digest, digests, new_secret
from accounts.models import ApiToken, Invitation, User

INVITATION_LASTS = dt.timedelta(days=7)
CONSOLE = "console"


class PeopleRefused(Exception):
    """The verb may not be done to this person or invitation now; says why."""


def console() -> User:
    """The account in whose name commands of the server's own console act. It cannot sign in."""
    return User.objects.role_account(CONSOLE, Role.ADMINISTRATOR)


def _administrator(by: User) -> None:
    if not by.may(Role.ADMINISTRATOR):
        raise PeopleRefused(
            _("%(name)s is no administrator; only administrators change people.")
            % {"name": by.username}
        )


@transaction.atomic
def invite(
    email: str,
    role: Role,
    countries: Sequence[str] = (),
    *,
    by: User,
    at: dt.datetime,
    lasts: dt.timedelta = INVITATION_LASTS,
) -> tuple[Invitation, str]:
    """A new invitation and the secret of its link. Open invitations to the address are revoked."""
    _administrator(by)
    if User.objects.filter(email__iexact=email).exists():
        raise PeopleRefused(
            _("%(email)s has an account already; change its role on the page of that person.")
            % {"email": email}
        )
    for older in Invitation.objects.filter(
        email__iexact=email, accepted_at=None, revoked_at=None
    ).select_for_update():
        _revoke(older, by=by, at=at)
    secret = new_secret()
    made = Invitation.objects.create(
        email=email, role=role, countries=sorted(countries), digest=digest(secret),
        invited_at=at, invited_by=by, expires_at=at + lasts,
    )  # fmt: skip
    audit.record(
        "invite", "invitation", made.pk, by=by, at=at,
        email=email, role=role, countries=made.countries, expires_at=made.expires_at.isoformat(),
    )  # fmt: skip
    return made, secret


def invitation(secret: str) -> Invitation | None:
    """The invitation that this secret belongs to, open or not."""
    return Invitation.objects.filter(digest__in=digests(secret)).first()


@transaction.atomic
def accept(secret: str, *, username: str, password: str, at: dt.datetime) -> User:
    """Make the account that the invitation promises. A link works once, whoever races for it."""
    found = Invitation.objects.select_for_update().filter(digest__in=digests(secret)).first()
    if found is None or not found.is_open(at):
        raise PeopleRefused(why_closed(found, at))
    role = Role(found.role)
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                username=username, email=found.email, password=password,
                role=role, countries=found.countries, **_powers(role),
            )  # fmt: skip
    except IntegrityError as taken:
        raise PeopleRefused(
            _("“%(name)s” is taken; choose another.") % {"name": username}
        ) from taken
    EmailAddress.objects.create(user=person, email=found.email, verified=True, primary=True)
    found.accepted_at, found.accepted_by = at, person
    found.save()
    audit.record(
        "accept_invitation", "person", person.username, by=person, at=at,
        invitation=found.pk, role=role, countries=found.countries,
    )  # fmt: skip
    return person


def why_closed(found: Invitation | None, at: dt.datetime) -> str:
    """Why a link makes no account any more, for the person who holds it."""
    if found is None:
        return _("This link is not known. It may be cut off: copy the whole address.")
    if found.accepted_at:
        return _("This invitation has been used. Sign in with the account that it made.")
    if found.revoked_at:
        return _("This invitation was withdrawn. Ask an administrator for another.")
    return _("This invitation has expired. Ask an administrator for another.")


@transaction.atomic
def revoke_invitation(which: Invitation, *, by: User, at: dt.datetime) -> Invitation:
    """Make the link useless."""
    _administrator(by)
    which = Invitation.objects.select_for_update().get(pk=which.pk)
    if which.accepted_at:
        raise PeopleRefused(_("This invitation has been used; deactivate the account instead."))
    if which.revoked_at is None:
        _revoke(which, by=by, at=at)
    return which


def _revoke(which: Invitation, *, by: User, at: dt.datetime) -> None:
    which.revoked_at, which.revoked_by = at, by
    which.save()
    audit.record("revoke_invitation", "invitation", which.pk, by=by, at=at, email=which.email)


@transaction.atomic
def change_role(
    person: User, role: Role, countries: Sequence[str] = (), *, by: User, at: dt.datetime
) -> User:
    """Give a role and a country scope. Nobody changes their own, so one administrator remains."""
    person = _other(person, by)
    before = {"role": person.role, "countries": person.countries}
    person.role, person.countries = role, sorted(countries)
    for power, given in _powers(role).items():
        setattr(person, power, given)
    person.save()
    after = {"role": person.role, "countries": person.countries}
    audit.record(
        "change_role", "person", person.username, by=by, at=at,
        changed={k: {"from": before[k], "to": to} for k, to in after.items() if before[k] != to},
    )  # fmt: skip
    return person


@transaction.atomic
def deactivate(person: User, *, by: User, at: dt.datetime) -> User:
    """Let a person in no more: sessions end and tokens are revoked at once. Nothing is deleted."""
    person = _other(person, by)
    person.is_active = False
    person.save()
    tokens = ApiToken.objects.filter(person=person, revoked_at=None)
    ended = tokens.update(revoked_at=at, revoked_by=by)
    audit.record(
        "deactivate", "person", person.username, by=by, at=at,
        sessions=_end(person), tokens=ended,
    )  # fmt: skip
    return person


@transaction.atomic
def reactivate(person: User, *, by: User, at: dt.datetime) -> User:
    """Let a person in again, with the role they had; tokens must be made anew."""
    person = _other(person, by)
    person.is_active = True
    person.save()
    audit.record("reactivate", "person", person.username, by=by, at=at)
    return person


@transaction.atomic
def end_sessions(person: User, *, by: User, at: dt.datetime) -> int:
    """Sign a person out everywhere; returns of how many browsers."""
    _administrator(by)
    ended = _end(person)
    audit.record("end_sessions", "person", person.username, by=by, at=at, sessions=ended)
    return ended


@transaction.atomic
def reset_factors(person: User, *, by: User, at: dt.datetime) -> User:
    """Remove lost second factors, so that the person sets up new ones at the next sign-in."""
    person = _other(person, by)
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    audit.record(
        "reset_factors", "person", person.username, by=by, at=at,
        factors=removed, sessions=_end(person),
    )  # fmt: skip
    return person


def _other(person: User, by: User) -> User:
    """The locked row of somebody else."""
    _administrator(by)
    if person.pk == by.pk:
        raise PeopleRefused(_("Nobody changes their own account here; ask another administrator."))
    return User.objects.select_for_update().get(pk=person.pk)


def _end(person: User) -> int:
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)


def _powers(role: Role) -> dict[str, bool]:
    """Django's admin is for administrators only."""
    administers = role == Role.ADMINISTRATOR
    return {"is_staff": administers, "is_superuser": administers}
