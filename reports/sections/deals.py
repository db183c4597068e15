"""Ransoms and talks about hostages that the record tells: each leads to its incident, as then.

Each is told in one report of a series: that of the period in which the last possible day of the
payment or of the talks lies; without any day, that in which the incident began.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from core import prose
from core.dates import moment_text
from incidents import deals
from incidents.models import PEOPLE_TAKEN, Negotiation, PublishedIncident
from reports.blocks import Block, column, items, table, text
from reports.figures import Issue, Ledger
from reports.scope import api
from reports.sentences import Sentence, linked, paged, told

Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One payment, or talks, of an incident; `key` is that of its figure."""

    incident: PublishedIncident
    said: Mapping[str, Any]
    key: str

    @property
    def path(self) -> str:
        return f"/incidents/{self.incident.public_id}/{self.incident.slug}/"


def ransoms(issue: Issue, ledger: Ledger) -> tuple[list[Block | None], list[Row]]:
    """The table of ransoms of the period and what each source says, and their figures."""
    filled, rows, said = [], [], []
    for one in _told(issue, "ransoms", "paid_on"):
        row = _ransom(one, issue, ledger)
        rows.append(row)
        said.append(_figures(one))
        filled.append(
            [
                text(one.incident.title, path=one.path),
                text(row["text"], key=row["key"], query=row["query"]),
                text(deals.when(one.said["paid_on"])),
                text(deals.ransom_status(one.said)),
                text(deals.agreement(one.said["figures"])),
                text(deals.comment(one.said)),
            ]
        )
    columns = [
        column("incident", _("Incident")),
        column("amount", _("Amount")),
        column("paid", _("Paid on")),
        column("status", _("Status")),
        column("sources", _("Whether sources agree")),
        column("comment", _("Official word")),
    ]
    note = _(
        "A ransom is a report until it is confirmed. It stands in the report of the period of its "
        "last possible day, and only once every hostage case of the incident is closed."
    )
    return [table("ransoms", _("Ransoms reported"), columns, filled, note=note), items(said)], rows


def talks(issue: Issue, ledger: Ledger) -> tuple[Block | None, list[Row]]:
    """The list of talks about hostages of the period, None without any, and their figures."""
    rows, sentences = [], []
    for one in _told(issue, "hostage_talks", "date"):
        status = deals.status(Negotiation.Status, one.said["status"])
        row = _noted(one, issue, ledger, status=one.said["status"], text=status)
        rows.append(row)
        sentences.append(_talks(one, row))
    return items(sentences), rows


def _told(issue: Issue, key: str, date: str) -> Iterator[Told]:
    """What the record tells under `key` of the payload, by incident, for the issue's period."""
    period = issue.period
    rows = issue.everything().rows().filter(PEOPLE_TAKEN, date_start__lte=period.last)
    # The record's JSON is plain text: only what narrower conditions leave is read.
    rows = rows.annotate(told=KeyTextTransform(key, "payload")).filter(told__isnull=False)
    seen: list[Mapping[str, Any]] = []
    for incident in rows.defer("search", "search_text").order_by("date_start", "public_id"):
        for number, said in enumerate(incident.payload[key], start=1):
            day = said[date]["end"] or said[date]["start"] or str(incident.date_start)
            # Talks about several incidents are told of each, and listed once.
            if period.first <= dt.date.fromisoformat(day) <= period.last and said not in seen:
                seen.append(said)
                yield Told(incident, said, f"{key}.{incident.public_id}.{number}")


def _noted(one: Told, issue: Issue, ledger: Ledger, **figure: Any) -> Row:
    incident = one.incident
    query = f"{api(f'incidents/{incident.public_id}')}?as_of={moment_text(issue.record_at)}"
    versions = [[incident.public_id, incident.version]]
    return ledger.quote(one.key, query, versions, {"incident": incident.public_id} | figure)


def _ransom(one: Told, issue: Issue, ledger: Ledger) -> Row:
    said = one.said
    names = ("low", "best", "high", "currency", "status", "paid_on")
    return _noted(
        one, issue, ledger,
        **{name: said[name] for name in names},
        text=deals.amount(said, said["currency"]), agreement=deals.agreement(said["figures"]),
    )  # fmt: skip


def _figures(one: Told) -> Sentence:
    """ "Attack at Kati: 50 to 70 million USD, AEI [B3]; 50 million USD, Reuters [B3]." """
    groups = [
        f"{group.amount}, "
        + ", ".join(f"{deals.name_of(source)} [{source['grade']}]" for source in group.sources)
        for group in deals.by_figure(one.said)
    ]
    return told(
        _("Ransom for %(incident)s: %(figures)s."),
        incident=paged(one.incident.title, one.path),
        figures=prose.listed(groups) or _("no source gives a figure"),
    )


def _talks(one: Told, row: Row) -> Sentence:
    facts = [prose.labelled(label, words) for label, words in deals.talks_facts(one.said)]
    sources = ", ".join(f"{deals.name_of(s)} [{s['grade']}]" for s in one.said["sources"])
    if sources:
        facts.append(_("Sources: %(names)s") % {"names": sources})
    return told(
        _("Talks, %(sides)s (%(status)s), about %(incident)s. %(facts)s."),
        sides=deals.between(one.said),
        status=linked(row, row["text"]),
        incident=paged(one.incident.title, one.path),
        facts=prose.listed(facts),
    )
