"""Addresses in letters: where the site stands, and links that nobody can make up.

A link is signed, not stored: a stolen database holds none. Links to confirm expire; links to leave
never do.
"""

import datetime as dt
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse

LOCAL_ADDRESS = "http://127.0.0.1:8000"
CONFIRM = "reports.delivery.confirm"
LEAVE = "reports.delivery.leave"
# How long an address may take to confirm.
LASTS = dt.timedelta(days=3)
SUBSCRIPTION, WATCH, SERIES = "subscription", "watch", "series"


class AddressUnknown(Exception):
    """PUBLIC_URL is not set, so that a letter could not say where anything is."""


class LinkUnknown(Exception):
    """The link is cut off or made up."""


class LinkExpired(Exception):
    """The link has been valid, and is no more."""


def site() -> str:
    """Where readers find the site, without the last slash. Raises AddressUnknown."""
    if settings.PUBLIC_URL:
        return settings.PUBLIC_URL.rstrip("/")
    if settings.LOCAL:
        return LOCAL_ADDRESS
    raise AddressUnknown(
        "PUBLIC_URL is not set, so letters and messages cannot name their pages. Set it to the "
        "https address of the site, such as https://vigil.example.org."
    )


def absolute(path: str) -> str:
    """The full address of a page. Raises AddressUnknown."""
    return site() + path


def host() -> str:
    """The name of the site's host, for ids of letters and of feeds."""
    return urlsplit(site()).hostname or "localhost"


def message_id(uid: uuid.UUID) -> str:
    """The same at every attempt: a letter that was sent twice is recognised by it."""
    return f"<{uid}@{host()}>"


def to_confirm(kind: str, uid: uuid.UUID) -> str:
    """Path of the page on which an address confirms a subscription or a watch."""
    return reverse("delivery:confirm", args=[signing.dumps([kind, uid.hex], salt=CONFIRM)])


def confirmed(token: str) -> tuple[str, uuid.UUID]:
    """What a link to confirm is about. Raises LinkUnknown, LinkExpired."""
    try:
        kind, uid = signing.loads(token, salt=CONFIRM, max_age=LASTS)
        return str(kind), uuid.UUID(uid)
    except signing.SignatureExpired:
        raise LinkExpired from None
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkUnknown from None


def to_leave(kind: str, uid: uuid.UUID, schedule: int = 0) -> str:
    """Path at which letters end: of a watch, or of a schedule's series for a subscriber."""
    told = signing.dumps([kind, uid.hex, schedule], salt=LEAVE)
    return reverse("delivery:leave", args=[told])


def leaving(token: str) -> tuple[str, uuid.UUID, int]:
    """Kind, subscriber or watch, and schedule of a link to leave. Raises LinkUnknown."""
    try:
        kind, uid, schedule = signing.loads(token, salt=LEAVE)
        return str(kind), uuid.UUID(uid), int(schedule)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkUnknown from None
