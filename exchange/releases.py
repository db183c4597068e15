"""Releases: a name, a moment of the record, and what proves that it still says the same.

Nothing is copied: the record keeps every version, so `as_of` the moment of the release lists the
released rows for ever. Only a withdrawal for safety takes rows away from it (ADR 7).
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts import audit
from accounts.choices import Role
from accounts.models import User
from core.parameters import shown
from exchange.checksum import Checksum, of_record
from exchange.models import Release
from incidents import exports
from incidents.filters import ORDERINGS
from incidents.models import PublishedIncident, RecordHead

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG, MAX_TITLE = 80, 200


class ReleaseRefused(Exception):
    """The release cannot be made; says why and what to do."""


@dataclass(frozen=True)
class Part:
    """One data set of a release."""

    dataset: str
    # Of the content: equal wherever the same things were published, whatever their ids.
    content: Checksum
    # Of the bytes that the API sends as NDJSON: anybody can compute it.
    file_sha256: str

    def as_dict(self) -> dict[str, object]:
        return {
            "dataset": self.dataset,
            "incidents": self.content.incidents,
            "killed": self.content.killed.as_dict(),
            "sha256": self.content.sha256,
            "file_sha256": self.file_sha256,
        }


def freeze(
    slug: str, *, title: str, title_fr: str = "", note: str = "", by: User, at: dt.datetime
) -> tuple[Release, bool]:
    """Name the record as it stands; return the release and whether it is new.

    A slug that is taken returns its release unchanged. Raises ReleaseRefused with the remedy.
    """
    _check_words(slug, title, title_fr)
    if not by.may(Role.REVIEWER):
        raise ReleaseRefused(
            _("%(who)s is %(role)s; a release needs reviewer.")
            % {"who": by.username, "role": by.role}
        )
    existing = Release.objects.filter(slug=slug).first()
    if existing is not None:
        return existing, False
    seq, moment = _tip(at)
    state = {"record_seq": seq, "record_at": moment, **_content(moment)}
    words = {"title": title, "title_fr": title_fr, "note": note}
    with transaction.atomic():
        release, is_new = Release.objects.get_or_create(
            slug=slug, defaults={**words, **state, "published_at": at}
        )
        if is_new:
            audit.record("release", "release", slug, by=by, at=at, seq=seq, sha256=release.sha256)
    return release, is_new


def _content(moment: dt.datetime) -> dict[str, Any]:
    """Counts and checksums of the record as of `moment`, all of one state of it.

    Nobody who publishes has to wait: only a withdrawal for safety changes the past, and the
    counts, taken again at the end, betray it.
    """
    parts = [_part(dataset, moment) for dataset in counts(moment)]
    whole = of_record(as_of=moment)
    if {part.dataset: part.content.incidents for part in parts} != counts(moment):
        raise ReleaseRefused(
            _("Incidents were withdrawn for safety while the release was counted: ask again.")
        )
    return {
        "incidents": whole.incidents,
        "sha256": whole.sha256,
        "datasets": [part.as_dict() for part in parts],
    }


def counts(moment: dt.datetime) -> dict[str, int]:
    """How many incidents of each data set the record lists today as of `moment`."""
    rows = PublishedIncident.objects.as_of(moment).order_by("dataset")
    return dict(rows.values_list("dataset").annotate(incidents=Count("seq")))


def _check_words(slug: str, title: str, title_fr: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        raise ReleaseRefused(
            _(
                "%(value)s is not a slug: write at most %(most)s small letters and digits with "
                "hyphens between, such as 2026-q3."
            )
            % {"value": shown(slug), "most": MAX_SLUG}
        )
    for name, text in (("title", title), ("title_fr", title_fr)):
        if len(text) > MAX_TITLE or (name == "title" and not text.strip()):
            raise ReleaseRefused(
                _("%(name)s has %(n)s characters: write 1 to %(most)s.")
                % {"name": name, "n": len(text.strip()), "most": MAX_TITLE}
            )


def _tip(at: dt.datetime) -> tuple[int, dt.datetime]:
    """The newest change of the record: `seq` and its moment."""
    head = RecordHead.objects.filter(pk=1).first()
    if head is None or head.at is None or not head.listed:
        raise ReleaseRefused(
            _("The record is empty: load data first, with `make seed` or an import.")
        )
    if head.at > at:
        raise ReleaseRefused(
            _("The newest moment of the record, %(moment)s, is still to come: ask again after it.")
            % {"moment": head.at.isoformat()}
        )
    return head.seq, head.at


def _part(dataset: str, moment: dt.datetime) -> Part:
    rows = PublishedIncident.objects.as_of(moment).filter(dataset=dataset)
    digest = hashlib.sha256()
    listed: Any = ORDERINGS["-date"].sort(rows, backwards=False)
    for chunk in exports.stream(listed, exports.one_line(exports.json_text())):
        digest.update(chunk)
    return Part(dataset, of_record(dataset, as_of=moment), digest.hexdigest())
