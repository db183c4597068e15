"""Waves: episodes and series whose number of incidents a source tells, and what is recorded."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents.choices import Dataset
from incidents.models import Campaign, PublishedIncident
from reports.figures import Ask, Issue, Ledger
from reports.scope import campaigns_of, named_campaigns
from reports.sections.lines import incident_piece, when
from reports.sentences import Sentence, linked, paged, told

LISTED = 40  # incidents of a wave that are named


def expected(issue: Issue) -> Any:
    """Episodes and series of which a source tells the number of incidents."""
    if issue.schedule.dataset != Dataset.VIGIL:
        return ()  # only Vigil's own incidents are tied to episodes and series
    days = (issue.period.first, issue.period.last)
    found = campaigns_of(issue)
    if issue.schedule.area is not None:
        # Campaigns know countries: in an area they are told where an incident of theirs lies there.
        found = found.filter(slug__in=named_campaigns(issue))
    return found.filter(
        Q(expected_on__range=days) | Q(expected_on__isnull=True, starts_on__range=days),
        expected_incident_count__isnull=False,
    ).order_by("starts_on", "slug")


def wave(campaign: Campaign, issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """Expected and recorded incidents; the number counts the wave wherever it happened."""
    known = issue.everything()
    whole = {"dataset": issue.schedule.dataset, "campaign": campaign.slug}
    all_of_it = Ask(whole | {"as_of": known.parameters["as_of"]}, known.at)
    ask = all_of_it
    if campaign.expected_on:
        day = campaign.expected_on.isoformat()
        ask = all_of_it.narrowed(begun=day, to=day)
    recorded, expected = ask.rows().count(), campaign.expected_incident_count or 0
    template = ngettext(
        "%(name)s: %(expected)s incident expected for %(day)s, %(recorded)s recorded.",
        "%(name)s: %(expected)s incidents expected for %(day)s, %(recorded)s recorded.",
        expected,
    )
    figure = ledger.enter(
        f"wave.{campaign.slug}",
        ask,
        name=campaign.name,
        campaign=campaign.slug,
        expected=expected,
        expected_on=iso(campaign.expected_on),
        recorded=recorded,
        is_complete=recorded == expected,
    )
    said = told(
        template,
        name=campaign.name,
        day=prose.day(campaign.expected_on or campaign.starts_on),
        expected=paged(prose.spelled(expected), f"/campaigns/{campaign.slug}/"),
        recorded=linked(figure, prose.spelled(recorded) if recorded else prose.count(0)),
    )
    return figure | {"sentence": said, "named": _named(all_of_it, issue)}


def _named(whole: Ask, issue: Issue) -> Sentence:
    """The incidents of a wave that began in the period, by day, each with its page."""
    days = {"begun": issue.period.first.isoformat(), "to": issue.period.last.isoformat()}
    rows = whole.narrowed(**days).rows().order_by("date_start", "public_id")[:LISTED]
    entries = [_entry(row) for row in rows]
    if not entries:
        return []
    said: Sentence = told(_("Recorded in it:"))
    for number, entry in enumerate(entries):
        said += [{"text": " " if number == 0 else _("; ")}, *entry]
    return [*said, {"text": "."}]


def _entry(row: PublishedIncident) -> Sentence:
    return told(_("%(title)s (%(day)s)"), title=incident_piece(row), day=when(row))


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
