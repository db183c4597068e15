"""Citations of a draft as rows: known documents are cited, new ones are entered once."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from core.dates import parse_partial
from core.ids import new_public_id
from incidents.drafting.dates import QUARTER, claimed, span
from incidents.drafting.draft import DraftCitation, DraftDocument
from incidents.drafting.names import Names
from incidents.models import Incident
from sources.choices import Seen
from sources.models import Document, Source


@dataclass(frozen=True)
class Library:
    """Enters documents for one save, on behalf of `by`."""

    names: Names
    by: User
    at: dt.datetime

    def values(self, incident: Incident, row: DraftCitation) -> dict[str, Any]:
        """The columns of one citation; its document exists afterwards."""
        document = self.names.document(row)
        if document is None and row.new_document is not None:
            document = self._enter(row.new_document, row.archive_url)
        if document is None:
            raise ValueError(f"{row.document} was not checked")
        self._archive(document, row.archive_url)
        return {
            "document": document,
            "target_type": ContentType.objects.get_for_model(Incident),
            "target_id": incident.pk,
            "locator": row.locator,
            "original_speaker": row.original_speaker,
            "reliability": row.reliability or document.reliability,
            "credibility": row.credibility,
            "quote": row.quote,
            "note": row.note,
        }

    def _enter(self, new: DraftDocument, archive_url: str) -> Document:
        """The new document, read by whoever cites it; two people may enter one page at once."""
        found = None if new.url else self._without_address(new)
        if found is not None:
            return found
        values = self._columns(new, archive_url)
        try:
            with transaction.atomic():
                made = Document.objects.create(**values)
        except IntegrityError:
            found = Document.objects.filter(url=new.url).first() if new.url else None
            if found is None:
                raise
            return found
        detail = {name: str(values[name]) for name in ("title", "language", "archive_url")}
        audit.record(
            "create", "document", made.slug, by=self.by, at=self.at,
            source=new.source, url=new.url, **detail,
        )  # fmt: skip
        return made

    def _without_address(self, new: DraftDocument) -> Document | None:
        """A document without an address that was entered before: same publisher, title and day."""
        return Document.objects.filter(
            source=self.names.sources[new.source],
            title=new.title.strip(),
            published_from=_published(new.published)[0],
            url=None,
        ).first()

    def _columns(self, new: DraftDocument, archive_url: str) -> dict[str, Any]:
        source = self.names.sources[new.source]
        first, last, precision = _published(new.published)
        return {
            "slug": _free_slug(source, new),
            "source": source,
            "title": new.title.strip(),
            "published_from": first,
            "published_to": last,
            "published_precision": precision,
            "url": new.url or None,
            "archive_url": archive_url,
            "language": new.language,
            "accessed_on": self.at.date(),
            "reliability": source.reliability,
            "seen": Seen.READ,
            "created_by": self.by,
        }

    def _archive(self, document: Document, archive_url: str) -> None:
        """Note where a known document is archived, if nobody did so before."""
        if not archive_url or document.archive_url:
            return
        document.archive_url = archive_url
        document.save(update_fields=["archive_url", "updated_at"])
        audit.record(
            "save", "document", document.slug, by=self.by, at=self.at,
            changed={"archive_url": {"from": "", "to": archive_url}},
        )  # fmt: skip


def _published(text: str) -> tuple[dt.date | None, dt.date | None, str]:
    first, precision = claimed(text)
    if first is None:
        return None, None, precision
    last = span(first, precision)[1] if QUARTER.fullmatch(text) else parse_partial(text).last
    return first, last, precision


def _free_slug(source: Source, new: DraftDocument) -> str:
    words = slugify(f"{source.slug} {new.published} {new.title}")[:100].strip("-") or source.slug
    if not Document.objects.filter(slug=words).exists():
        return words
    return f"{words}-{new_public_id().lower()}"
