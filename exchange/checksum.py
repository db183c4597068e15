"""One number for what the record says, equal wherever the same things were published."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from incidents.models import PublishedIncident
from incidents.rollups import HarmSum, totals

# Random ids and the moments of publication differ between installations that say the same.
IGNORED = frozenset({"id", "version", "first_published_at", "revised_at", "covers"})
COLUMNS = (
    "status", "notice", "dataset", "date_start", "date_end", "date_precision", "is_multiday",
    "country", "region", "area", "type", "group", "clarity", "attribution", "checked", "actors",
    "actor_roles", "targets", "weapons", "campaigns", "bodies", "sources", "sources_count",
    "killed_low", "killed_best", "killed_high", "killed_scope", "toll_size", "toll_low",
    "toll_best", "toll_high", "latitude", "longitude", "geo_precision", "search_text", "payload",
)  # fmt: skip


@dataclass(frozen=True)
class Checksum:
    """SHA-256 of the record's content, with its counts and sums of deaths."""

    sha256: str
    incidents: int
    killed: HarmSum


def of_record(dataset: str = "", *, as_of: dt.datetime | None = None) -> Checksum:
    """Of the whole record now or as of a moment, or of one data set.

    The order of publication does not matter.
    """
    versions = PublishedIncident.objects
    rows = versions.current() if as_of is None else versions.as_of(as_of)
    if dataset:
        rows = rows.filter(dataset=dataset)
    chosen = rows.order_by().values_list(*COLUMNS)
    digests = sorted(_digest(row) for row in chosen.iterator(chunk_size=2000))
    whole = hashlib.sha256(b"".join(digests)).hexdigest()
    return Checksum(whole, len(digests), totals(rows).killed)


def _digest(row: tuple[Any, ...]) -> bytes:
    *columns, payload = row
    content = json.dumps([columns, _content(payload, payload["is_withheld"])], default=str)
    return hashlib.sha256(content.encode()).digest()


def _content(value: Any, is_withheld: bool) -> Any:
    """Without what is random; lists in an order of their content."""
    if isinstance(value, dict):
        # The slug of a withheld incident holds its random id.
        ignored = IGNORED | {"slug"} if is_withheld else IGNORED
        return {k: _content(v, is_withheld) for k, v in sorted(value.items()) if k not in ignored}
    if isinstance(value, list):
        return sorted((_content(item, is_withheld) for item in value), key=json.dumps)
    return value
