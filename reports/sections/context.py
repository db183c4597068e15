"""What surrounds the incidents: advisories, talks, displacement; only what public pages show too.

Ransoms and talks about hostages stand with the kidnappings. Statements, follow-ups, indices and
forecasts have no public page: they stay at the desk, whatever their protection, and the section
says so.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core import prose
from incidents.context import displaced
from incidents.models import Advisory, DisplacementFigure, Negotiation
from reports.blocks import Section, items, section
from reports.blocks import prose as paragraphs
from reports.choices import Topic
from reports.figures import Issue, Ledger
from reports.scope import api, campaigns_of, countries_of, country_name
from reports.sections.cited import CITED, Sources
from reports.sentences import Sentence, paged, told


def context(issue: Issue, ledger: Ledger) -> Section:
    """Advisories and talks of the period, and the newest figures of displaced people."""
    sources = Sources()
    general = issue.schedule.topic in (Topic.GENERAL, Topic.CAMPAIGN)
    here = {country.pk for country in countries_of(issue)}
    issued = _advisories(issue) if general else []
    advisories = [_advisory(row, sources, ledger, here) for row in issued]
    talks = [_talks(row, sources, ledger) for row in _negotiations(issue)]
    people = [_displaced(row, sources, ledger) for row in _displacement(issue)] if general else []
    silent = told(
        _("Not told, because Vigil has no public page for them: statements, follow-ups, indices "
          "and forecasts. Ransoms and talks about hostages stand with the kidnappings, where every "
          "hostage case of the incident is closed.")
    )  # fmt: skip
    return section(
        "context",
        _("Advisories, talks and displacement"),
        items([*advisories, *talks, *people] or [told(_("Nothing is recorded for the period."))]),
        sources.block,
        paragraphs(silent),
        advisories=len(advisories),
        negotiations=len(talks),
        displacement=len(people),
    )


def _advisories(issue: Issue) -> Any:
    """Issued in the period about a country of the report, or tied to its campaign."""
    first, last = issue.period.first, issue.period.last
    rows = Advisory.objects.filter(starts_on__lte=last).filter(
        Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first)
    )
    about = Q(concerns__in=countries_of(issue))
    if issue.schedule.campaign is not None:
        about = Q(campaigns=issue.schedule.campaign) | about
    rows = rows.filter(about).distinct().select_related("issuer_country", "issuer_body")
    return rows.prefetch_related(CITED, "concerns").order_by("starts_on", "slug")


def _advisory(row: Advisory, sources: Sources, ledger: Ledger, here: set[int]) -> Sentence:
    """Told of a country of the report where it concerns several; `here` are their ids."""
    issuers = [country_name(row.issuer_country)] if row.issuer_country else []
    issuers += [str(row.issuer_body)] if row.issuer_body else []
    issuers += [row.co_issuers] if row.co_issuers else []
    concerned = sorted(row.concerns.all(), key=lambda one: (one.pk not in here, one.iso3))
    country = concerned[0] if concerned else None
    address = f"countries/{country.iso3}" if country else "countries"
    when = _dates(row)
    ledger.note(f"advisory.{row.slug}", api(address), on=when, level=row.level, text=row.text)
    said = told(
        _("%(day)s: advisory on %(country)s by %(issuer)s: %(text)s."),
        day=when,
        country=paged(country_name(country), f"/countries/{country.iso3}/") if country else "",
        issuer=", ".join(issuers) or _("issuers that are not named"),
        text=prose.listed([row.level, row.text.rstrip(".")]),
    )
    return [*said, *sources.cite(row.citations.all())]


def _dates(row: Any) -> str:
    if row.starts_on and row.date_precision == "day":
        return prose.days(row.starts_on, row.ends_on or row.starts_on)
    precision = "month" if row.date_precision == "unknown" else row.date_precision
    ends = [prose.partial(day, precision) for day in (row.starts_on, row.ends_on) if day]
    return " – ".join(dict.fromkeys(ends))


def _negotiations(issue: Issue) -> Any:
    """Talks about a campaign that readers may know of; never those about hostages."""
    first, last = issue.period.first, issue.period.last
    rows = Negotiation.objects.exclude(kind=Negotiation.Kind.HOSTAGE).filter(
        Q(ends_on__isnull=True, starts_on__gte=first) | Q(ends_on__gte=first),
        campaigns__in=campaigns_of(issue),
        starts_on__lte=last,
    )
    return rows.distinct().prefetch_related(CITED, "campaigns").order_by("starts_on", "slug")


def _talks(row: Negotiation, sources: Sources, ledger: Ledger) -> Sentence:
    campaign = sorted(row.campaigns.all(), key=lambda c: c.slug)[0]
    about = paged(campaign.name, f"/campaigns/{campaign.slug}/")
    kind, status = Negotiation.Kind(row.kind).label, Negotiation.Status(row.status).label
    text = "; ".join(filter(None, [row.text.rstrip("."), row.effect.rstrip(".")]))
    ledger.note(
        f"negotiation.{row.slug}", api(f"campaigns/{campaign.slug}"), kind=row.kind,
        status=row.status, text=text,
    )  # fmt: skip
    template = _("%(day)s: %(kind)s (%(status)s) about %(campaign)s: %(text)s.")
    if not text:
        template = _("%(day)s: %(kind)s (%(status)s) about %(campaign)s.")
    said = told(
        template, day=_dates(row), kind=str(kind), status=str(status), campaign=about, text=text
    )
    return [*said, *sources.cite(row.citations.all())]


def _displacement(issue: Issue) -> Any:
    """Figures dated in the period."""
    rows = DisplacementFigure.objects.filter(
        origin__in=countries_of(issue),
        starts_on__lte=issue.period.last,
    ).filter(Q(ends_on__gte=issue.period.first) | Q(starts_on__gte=issue.period.first))
    return rows.select_related("origin").prefetch_related(CITED).order_by("starts_on", "slug")


def _displaced(row: DisplacementFigure, sources: Sources, ledger: Ledger) -> Sentence:
    number = displaced(row).number
    figure = ledger.note(
        f"displacement.{row.slug}", api(f"countries/{row.origin.iso3}"),
        low=row.value_low, best=row.value_best, high=row.value_high, comparator=row.comparator,
        population=row.population, measure=row.measure, text=number,
    )  # fmt: skip
    said = told(
        _("%(day)s, %(country)s: %(number)s %(population)s (%(measure)s)."),
        day=_dates(row),
        country=country_name(row.origin),
        number=paged(figure["text"], f"/countries/{row.origin.iso3}/"),
        population=str(DisplacementFigure.Population(row.population).label),
        measure=str(DisplacementFigure.Kind(row.measure).label),
    )
    return [*said, *sources.cite(row.citations.all())]
