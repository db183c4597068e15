"""Changes in the period of bodies, missions and armed groups, from reference data."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from actors.choices import RelationType
from actors.models import Actor, ActorRelation
from core import prose
from regions.choices import MembershipStatus
from regions.models import Membership, Mission
from reports.blocks import Section, items, section
from reports.choices import Topic
from reports.figures import Issue, Ledger
from reports.scope import api, body_name, countries_of, country_name
from reports.sections.campaigns import page
from reports.sentences import Sentence, paged, told

# A date that is known to the year only says nothing about a shorter period.
EXACT_ENOUGH = ("day", "month")
# How a tie between two actors began, by type; the others describe a state, not an event.
BEGAN = (
    RelationType.SPLIT_FROM,
    RelationType.MERGED_INTO,
    RelationType.RENAMED_TO,
    RelationType.PLEDGED_ALLEGIANCE_TO,
    RelationType.ALLIED_WITH,
    RelationType.RIVAL_OF,
    RelationType.SUCCESSOR_OF,
)


@dataclass(frozen=True)
class Change:
    """What happened on a day; `query` is the address of what it is about."""

    day: dt.date
    precision: str
    template: str
    names: dict[str, str]
    query: str

    @property
    def text(self) -> str:
        return self.template % self.names


def changes(issue: Issue, ledger: Ledger) -> Section:
    """Who joined, left or was suspended, which missions began or ended, which groups split, merged,
    pledged or fell out.
    """
    found = list(_relation_changes(issue))
    if issue.schedule.topic in (Topic.GENERAL, Topic.CAMPAIGN):
        found += [*_membership_changes(issue), *_mission_changes(issue)]
    dated = [change for change in found if _is_within(issue, change)]
    dated.sort(key=lambda change: (change.day, change.text))
    entered = [
        ledger.note(
            f"change.{number}", change.query, on=change.day.isoformat(),
            date_text=prose.partial(change.day, change.precision), text=change.text,
        )
        for number, change in enumerate(dated, 1)
    ]  # fmt: skip
    told_of = [_said(figure) for figure in entered]
    none = told(_("No change of members, missions or groups is recorded for the period."))
    return section(
        "changes",
        _("Bodies, missions and groups"),
        items(told_of or [none]),
        changes=entered,
    )


def _said(figure: dict[str, str]) -> Sentence:
    day = paged(figure["date_text"], page(figure["query"]))
    return told(_("%(day)s: %(text)s"), day=day, text=figure["text"])


def _is_within(issue: Issue, change: Change) -> bool:
    """A date known to the month counts in periods of a month and longer."""
    period = issue.period
    if not period.first <= change.day <= period.last:
        return False
    whole_month = prose.is_whole_month(period.first, period.last) or period.days > 31
    return change.precision == "day" or (change.precision in EXACT_ENOUGH and whole_month)


def _membership_changes(issue: Issue) -> Iterator[Change]:
    schedule = issue.schedule
    rows = Membership.objects.select_related("body", "country")
    if schedule.body is not None:
        rows = rows.filter(body=schedule.body)
    else:
        rows = rows.filter(country__in=countries_of(issue))
    for row in rows.order_by("body__slug", "country__iso3", "status", "starts_on"):
        names = {"country": country_name(row.country), "body": body_name(row.body)}
        for day, precision, template in _events(row):
            if day:
                yield Change(day, precision, template, names, api(f"bodies/{row.body.slug}"))


def _events(row: Membership) -> Iterator[tuple[dt.date | None, str, str]]:
    if row.status == MembershipStatus.SUSPENDED:
        yield row.starts_on, row.start_precision, _("%(body)s suspended %(country)s.")
        lifted = row.ends_on + dt.timedelta(days=1) if row.ends_on else None
        yield lifted, row.start_precision, _("The suspension of %(country)s from %(body)s ended.")
    elif row.status == MembershipStatus.MEMBER:
        yield row.starts_on, row.start_precision, _("%(country)s became a member of %(body)s.")
        announced = _("%(country)s announced that it would leave %(body)s; it remains a member.")
        if row.exit_announced_on != row.exit_effective_on:
            yield row.exit_announced_on, row.exit_precision, announced
        left = _("%(country)s ceased to be a member of %(body)s.")
        yield row.exit_effective_on, row.exit_precision, left


def _mission_changes(issue: Issue) -> Iterator[Change]:
    about = Q(area__in=countries_of(issue))
    if issue.schedule.body is not None:
        about |= Q(mandating_body=issue.schedule.body)
    for mission in Mission.objects.filter(about).distinct().order_by("slug"):
        for day, precision, template in (
            (mission.starts_on, mission.start_precision, _("The mission %(mission)s began.")),
            (mission.ends_on, mission.end_precision, _("The mission %(mission)s ended.")),
        ):
            if day:
                names = {"mission": str(mission)}
                yield Change(day, precision, template, names, api(f"missions/{mission.slug}"))


def _relation_changes(issue: Issue) -> Iterator[Change]:
    """Splits, mergers, pledges and the like of groups that readers may know of."""
    days = (issue.period.first, issue.period.last)
    dated = Q(starts_on__range=days) | Q(accepted_on__range=days) | Q(ends_on__range=days)
    rows = ActorRelation.objects.filter(dated, type__in=BEGAN).select_related("source", "target")
    ids = {pk for row in rows for pk in (row.source_id, row.target_id)}
    told_of = Actor.objects.told().filter(pk__in=ids)
    known = set(told_of.values_list("pk", flat=True))
    mine = set(told_of.filter(_actors_of(issue)).values_list("pk", flat=True))
    for row in rows.order_by("starts_on", "source__slug", "target__slug", "type"):
        pair = {row.source_id, row.target_id}
        if not pair <= known or pair.isdisjoint(mine):
            continue
        names = {"source": str(row.source), "target": str(row.target)}
        query = api(f"actors/{row.source.slug}")
        if row.starts_on:
            yield Change(row.starts_on, row.start_precision, began(row.type), names, query)
        if row.accepted_on:
            accepted = _("%(target)s recognised the pledge of %(source)s.")
            yield Change(row.accepted_on, row.accepted_precision, accepted, names, query)
        if row.ends_on:
            ended = _("The tie between %(source)s and %(target)s ended.")
            yield Change(row.ends_on, row.start_precision, ended, names, query)


def _actors_of(issue: Issue) -> Q:
    schedule = issue.schedule
    if schedule.actor is not None:
        return Q(pk=schedule.actor.pk)
    if schedule.campaign is not None:
        return Q(campaign_parts__campaign=schedule.campaign)
    return Q(countries__in=countries_of(issue))


def began(kind: str) -> str:
    """The sentence for the beginning of a tie."""
    return {
        RelationType.SPLIT_FROM: _("%(source)s split from %(target)s."),
        RelationType.MERGED_INTO: _("%(source)s merged into %(target)s."),
        RelationType.RENAMED_TO: _("%(source)s was renamed %(target)s."),
        RelationType.PLEDGED_ALLEGIANCE_TO: _("%(source)s pledged allegiance to %(target)s."),
        RelationType.ALLIED_WITH: _("%(source)s and %(target)s became allies."),
        RelationType.RIVAL_OF: _("%(source)s and %(target)s became rivals."),
        RelationType.SUCCESSOR_OF: _("%(source)s succeeded %(target)s."),
    }[RelationType(kind)]
