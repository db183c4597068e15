"""Conditions with their days, waves with what was expected, campaigns with what happened in them.

Conditions such as blockades are counted in days, never as attacks. Campaigns are reference data: a
report freezes what they said when it was built.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import rollups
from incidents.choices import CampaignKind, CampaignStatus, ConditionType, ImpactKind
from incidents.models import Campaign
from reports.blocks import Block, Section, column, facts, items, section, table, text
from reports.figures import Issue, Ledger, count_cell, harm_cell, harm_figure
from reports.scope import api, campaigns_of
from reports.sections.cited import CITED, Sources
from reports.sections.waves import expected, iso, wave
from reports.sentences import Sentence, linked, paged, told


def campaigns(issue: Issue, ledger: Ledger) -> Section:
    """Conditions in force, waves, and the campaigns to which incidents of the period belong."""
    found = list(_conditions(issue))
    conditions = [_condition(campaign, issue, ledger) for campaign in found]
    waves = [wave(campaign, issue, ledger) for campaign in expected(issue)]
    sources = Sources()
    courses = [_course(campaign, issue, ledger, sources) for campaign in found]
    return section(
        "campaigns",
        _("Conditions, waves and campaigns"),
        items([one["sentence"] for one in conditions]),
        _condition_table(conditions),
        *courses,
        items([said for wave in waves for said in (wave["sentence"], wave["named"]) if said]),
        _campaign_table(issue, ledger),
        sources.block,
        items([] if conditions or waves else [told(_("No condition or wave is recorded."))]),
        conditions=conditions,
        waves=waves,
    )


def _conditions(issue: Issue) -> Any:
    """Blockades, sieges and the like in force on a day of the period."""
    rows = campaigns_of(issue).filter(kind=CampaignKind.CONDITION, starts_on__isnull=False)
    in_force = rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=issue.period.first),
        starts_on__lte=issue.period.last,
    )
    return in_force.prefetch_related(
        *(f"{part}__{CITED}" for part in ("phases", "demands", "impacts"))
    ).order_by("starts_on", "slug")


def _condition(campaign: Campaign, issue: Issue, ledger: Ledger) -> dict[str, Any]:
    last = issue.period.last
    days = campaign.days_in_force(last) or 0
    ended = campaign.ends_on is not None and campaign.ends_on <= last
    figure = ledger.note(
        f"condition.{campaign.slug}",
        api(f"campaigns/{campaign.slug}"),
        name=campaign.name,
        condition=campaign.condition_type,
        label=str(ConditionType(campaign.condition_type).label),
        starts_on=iso(campaign.starts_on),
        start_precision=campaign.start_precision,
        ends_on=iso(campaign.ends_on) if ended else None,
        status=campaign.status,
        days_in_force=days,
    )
    said = _lasting(campaign, days, ended, figure)
    return figure | {
        "ended": ended,
        "since": prose.partial(campaign.starts_on, campaign.start_precision),
        "until": prose.partial(campaign.ends_on, campaign.end_precision) if ended else "",
        "sentence": said,
    }


def _lasting(campaign: Campaign, days: int, ended: bool, figure: dict[str, Any]) -> Sentence:
    """How long it has lasted: exact to the day, or about."""
    if ended:
        template = ngettext(
            "%(name)s: from %(start)s to %(end)s, after %(days)s day.",
            "%(name)s: from %(start)s to %(end)s, after %(days)s days.",
            days,
        )
    elif campaign.start_precision == "day":
        template = ngettext(
            "%(name)s: since %(start)s, for %(days)s day at the end of the period.",
            "%(name)s: since %(start)s, for %(days)s days at the end of the period.",
            days,
        )
    else:
        template = ngettext(
            "%(name)s: since %(start)s, for about %(days)s day at the end of the period.",
            "%(name)s: since %(start)s, for about %(days)s days at the end of the period.",
            days,
        )
    if not ended and campaign.status == CampaignStatus.UNKNOWN:
        template += " " + _("Whether it still holds has not been verified.")
    return told(
        template,
        name=campaign.name,
        start=prose.partial(campaign.starts_on, campaign.start_precision),
        end=prose.partial(campaign.ends_on, campaign.end_precision),
        days=linked(figure, prose.count(days)),
    )


def _condition_table(conditions: list[dict[str, Any]]) -> Block | None:
    columns = [
        column("name", _("Condition")),
        column("kind", _("Kind")),
        column("since", _("Since")),
        column("until", _("Until")),
        column("days", _("Days at the end of the period"), "count"),
    ]
    rows = [
        [
            text(one["name"], path=page(one["query"])),
            text(one["label"]),
            text(one["since"], value=one["starts_on"]),
            text(one["until"], value=one["ends_on"]),
            text(prose.count(one["days_in_force"]), value=one["days_in_force"], key=one["key"],
                 path=page(one["query"])),
        ]
        for one in conditions
    ]  # fmt: skip
    return table("conditions", _("Conditions in force"), columns, rows)


def _course(campaign: Campaign, issue: Issue, ledger: Ledger, sources: Sources) -> Block | None:
    """Phase, demands, effects and incidents of a condition, up to the end of the period."""
    first, last = issue.period.first, issue.period.last
    phases = [
        told(_("since %(day)s: %(what)s"), day=prose.day(phase.starts_on), what=phase.label)
        + _marks(phase, sources)
        for phase in campaign.phases.all()
        if phase.starts_on <= last and (phase.ends_on is None or phase.ends_on >= first)
    ]
    demands = [
        told("%(what)s", what=demand.text) + _marks(demand, sources)
        for demand in campaign.demands.all()
        if demand.starts_on is None or demand.starts_on <= last
    ]
    effects = [
        told(_("%(kind)s: %(what)s"), kind=str(ImpactKind(one.kind).label), what=one.text)
        + _marks(one, sources)
        for one in campaign.impacts.all()
        if one.starts_on is None or one.starts_on <= last
    ]
    pairs = [
        (_("Phase"), _listed(phases)),
        (_("Demands"), _listed(demands)),
        (_("Effects"), _listed(effects)),
        (_("Incidents"), _incidents(campaign, issue, ledger)),
    ]
    found = [(label, said) for label, said in pairs if said]
    name = [paged(campaign.name, f"/campaigns/{campaign.slug}/")]
    return facts((_("Condition"), name), *found) if found else None


def _marks(fact: Any, sources: Sources) -> Sentence:
    return sources.cite(fact.citations.all())


def _listed(sentences: list[Sentence]) -> Sentence:
    """Several as one, with semicolons."""
    said: Sentence = []
    for sentence in sentences:
        said += [{"text": _("; ")}] if said else []
        said += sentence
    return said


def _incidents(campaign: Campaign, issue: Issue, ledger: Ledger) -> Sentence:
    """What is recorded in it from its start to the end of the period; empty without any."""
    ask = issue.everything().narrowed(campaign=campaign.slug, to=issue.period.last.isoformat())
    totals = rollups.totals(ask.rows())
    if not totals.incidents:
        return []
    killed = harm_figure(totals.killed, totals.incidents)
    figure = ledger.enter(
        f"condition.incidents.{campaign.slug}", ask, label=campaign.name,
        incidents=totals.incidents, killed=killed,
    )  # fmt: skip
    return told(
        _("%(incidents)s recorded in it to the end of the period; people killed: %(killed)s"),
        incidents=linked(figure, prose.count(totals.incidents)),
        killed=linked(figure, killed["text"]),
    )


def _campaign_table(issue: Issue, ledger: Ledger) -> Block | None:
    """Campaigns that incidents of the period belong to; an incident may be in several."""
    groups = {group.key: group for group in rollups.by_term(issue.asked.rows(), "campaigns")}
    subject = issue.schedule.campaign
    known = Campaign.objects.told().filter(slug__in=groups)
    rows = []
    for campaign in sorted(known, key=lambda c: (-groups[c.slug].incidents, c.slug)):
        if subject is not None and campaign.slug != subject.slug:
            continue  # a parameter cannot ask for two campaigns at once
        group = groups[campaign.slug]
        ask = issue.asked.narrowed(campaign=campaign.slug)
        killed = harm_figure(group.killed, group.incidents)
        figure = ledger.enter(
            f"campaign.{campaign.slug}", ask, label=campaign.name,
            incidents=group.incidents, killed=killed,
        )  # fmt: skip
        rows.append(
            [
                text(campaign.name, path=f"/campaigns/{campaign.slug}/"),
                text(str(CampaignKind(campaign.kind).label)),
                count_cell(figure, group.incidents),
                harm_cell(figure, killed),
            ]
        )
    columns = [
        column("campaign", _("Campaign")),
        column("kind", _("Kind")),
        column("incidents", _("Incidents"), "count"),
        column("killed", _("People killed"), "harm"),
    ]
    note = _("An incident may belong to several: these rows do not add up to the total.")
    return table("campaigns", _("Incidents by campaign"), columns, rows, note=note)


def page(query: str) -> str:
    """The page of a thing of the public API."""
    return query.replace("/api/v1/", "/", 1)
