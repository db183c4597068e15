"""Public incidents whose row of the record links to one that is public no more.

A link carries number, address and title of the other incident. When that one is withdrawn, merged
or reduced to country and month, its neighbours get a new version without the link; where people are
to be protected, their older versions lose it too. Nothing else of them changes: the new version is
the old one, not what the desk says of the neighbour by now.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from incidents import record
from incidents.choices import Dataset
from incidents.models import Incident, PublishedIncident


def unlink(
    incident: Incident, *, at: dt.datetime, notice: str, notice_fr: str, forget: bool
) -> int:
    """Take the link to `incident` out of its neighbours; return how many new versions that made.

    `forget` takes it out of their older versions as well.
    """
    gone = incident.public_id
    rows = list(_naming(incident, PublishedIncident.objects.filter(valid_to=None, is_listed=True)))
    for row in rows:
        row.payload = _without(row, gone)
    written = record.append_copies(rows, at=at, notice=notice, notice_fr=notice_fr)
    if forget:
        older = PublishedIncident.objects.filter(valid_to__isnull=False, is_listed=True)
        for row in _naming(incident, older):
            PublishedIncident.objects.filter(pk=row.pk).update(payload=_without(row, gone))
    return written


def _naming(incident: Incident, rows: "QuerySet[PublishedIncident]") -> Iterator[PublishedIncident]:
    """Those of `rows` that link to the incident. Imported rows carry links by hand only."""
    known = Incident.objects.filter(
        Q(links_out__target=incident) | Q(links_in__source=incident)
    ).values("public_id")
    gone = incident.public_id
    near = Q(dataset=Dataset.VIGIL) | Q(public_id__in=known)
    found = rows.filter(near).exclude(public_id=gone)
    for row in found.annotate(text=Cast("payload", TextField())).filter(text__contains=gone):
        if any(link["id"] == gone for link in row.payload.get("links", ())):
            yield row


def _without(row: PublishedIncident, gone: str) -> dict[str, object]:
    links = [link for link in row.payload["links"] if link["id"] != gone]
    return {**row.payload, "links": links}
