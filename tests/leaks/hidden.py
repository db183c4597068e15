"""Everything the desk holds that no reader may know of, made beside a public record.

The hidden rows stand as near to the public ones as they can: the same places, days, actors,
campaigns and documents, ties in both directions, and words of their own that nobody else uses.
"""

import datetime as dt
from itertools import cycle, islice

from django.utils import timezone

from actors.models import Actor
from incidents import workflow
from incidents.choices import Sensitivity
from incidents.models import (
    Advisory,
    Campaign,
    CampaignActor,
    CampaignIncident,
    CampaignPhase,
    ClaimOfResponsibility,
    ConditionImpact,
    Demand,
    FollowUp,
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentLink,
    IncidentLocation,
    NotDuplicate,
    Participation,
    Statement,
)
from reports import planning
from reports.manuscripts import releasing
from reports.models import ReportJob, ReportSchedule, Subscriber, Subscription, Watch
from reports.watches import planning as watch_alerts
from sources.models import Document, ExternalIdentifier, Source
from tests import make
from tests.leaks.asking import HIDDEN_ID
from tests.leaks.conftest import analyse
from tests.reports import manuscripts

NUMBER = 200
EDITED = 20


def hide_everything() -> dict[str, int]:
    """Make all hidden rows; how many incidents stand in each status, edits and the rest beside."""
    public = list(Incident.objects.filter(editorial_status="published").order_by("pk"))
    actor = _actor()
    documents = _documents()
    campaign = _campaign(actor, documents)
    made = [
        _hidden(number, near, actor, documents, campaign)
        for number, near in enumerate(islice(cycle(public), NUMBER))
    ]
    counts: dict[str, int] = {}
    for incident in made:
        incident.refresh_from_db()
        kind = _kind(incident)
        counts[kind] = counts.get(kind, 0) + 1
    counts["edited"] = _edit_at_the_desk(public[:EDITED], actor, documents)
    _talk_about(made, public)
    _pay_for(made, public)
    _write_reports()
    _ask_for_reports(actor, campaign)
    return counts


def _kind(incident: Incident) -> str:
    under_embargo = "under embargo, " if incident.embargo_until else ""
    return f"{under_embargo}{incident.editorial_status} {incident.sensitivity}"


def _actor() -> Actor:
    """An actor that only hidden incidents name."""
    actor = make.actor(
        "quorvath-front", name="Quorvath Front", short_name="Quorvath", created_by=make.ed()
    )
    make.alias(actor, "Quorvath")
    make.alias(actor, "Jama’at Quorvath", "ar-Latn")
    return actor


def _documents() -> list[Document]:
    """A publisher and documents that only hidden incidents cite, and one that nothing cites."""
    source = Source.objects.create(
        slug="zzyzx-gazette", name="Zzyzx Gazette", kind="news", reliability="C",
        created_by=make.ed(),
    )  # fmt: skip
    made = [
        Document.objects.create(
            slug=f"zzyzx-{number}", source=source, title=f"Zzyzx report {number}",
            reliability="C", seen="read", created_by=make.ed(),
        )
        for number in range(12)
    ]  # fmt: skip
    return made[:-1]


def _campaign(actor: Actor, documents: list[Document]) -> Campaign:
    """A campaign that only hidden incidents are in, around and between the public ones."""
    wave = Campaign.objects.get(slug="july-2022-wave")
    made = Campaign.objects.create(
        slug="zzyzx", name="Zzyzx siege", kind="condition", condition_type="siege", parent=wave,
        starts_on=dt.date(2025, 10, 1), start_precision="day", status="open", note="Quorvath.",
        created_by=make.ed(),
    )  # fmt: skip
    made.countries.set(wave.countries.all())
    for who in (actor, Actor.objects.get(slug="jnim")):
        CampaignActor.objects.create(campaign=made, actor=who)
    parts = [
        made,
        CampaignPhase.objects.create(campaign=made, label="Zzyzx", starts_on=made.starts_on),
        ConditionImpact.objects.create(campaign=made, kind="fuel", text="Zzyzx"),
        Demand.objects.create(campaign=made, slug="zzyzx-demand", text="Zzyzx", actor=actor),
    ]
    for part, document in zip(parts, documents, strict=False):
        make.citation(part, document.slug)
    Campaign.objects.filter(parent=None).exclude(pk=made.pk).update(parent=made)
    return made


def _hidden(
    number: int, near: Incident, actor: Actor, documents: list[Document], campaign: Campaign
) -> Incident:
    """One incident a day after a public one, at its place, tied to it in every way there is."""
    own = {"public_id": HIDDEN_ID} if number == 0 else {}
    incident = Incident.objects.create(
        **own, slug=f"quorvath-{number}", title=f"Zzyzx attack {number}, {near.title}"[:200],
        summary="Quorvath and zzyzx.", note="zzyzx", type=near.type, country=near.country,
        date_start=near.date_start, date_end=near.date_end,
        date_precision=near.date_precision, is_multiday=near.is_multiday, author=make.ed(),
        killed_low=900, killed_best=900, killed_high=950, targets=near.targets,
        weapons=near.weapons, attribution="confirmed",
        sensitivity=list(Sensitivity)[number % 3],
    )  # fmt: skip
    place = near.locations.filter(is_primary=True).first()
    IncidentLocation.objects.create(
        incident=incident, name="Zzyzx", latitude=place and place.latitude,
        longitude=place and place.longitude, precision="exact", display_precision="exact",
        admin1=place and place.admin1,
    )  # fmt: skip
    citation = make.citation(incident, documents[number % len(documents)].slug)
    for shared in Document.objects.filter(citations__target_id=near.pk)[:2]:
        make.citation(incident, shared.slug, locator=f"p. {number}")
    for who in (actor, *Actor.objects.filter(participations__incident=near).distinct()):
        Participation.objects.get_or_create(
            incident=incident, actor=who, role="perpetrator",
            defaults={"attribution": "confirmed", "citation": citation},
        )  # fmt: skip
    ClaimOfResponsibility.objects.create(
        incident=incident, claimant=actor, claimed_on=near.date_end, summary="zzyzx"
    )
    HarmEstimate.objects.create(
        incident=incident, harm="killed", best=900, as_of=near.date_end, citation=citation,
        is_preferred=True,
    )  # fmt: skip
    _tie(incident, near, campaign, number)
    _bring_on(incident, number)
    return incident


def _tie(incident: Incident, near: Incident, campaign: Campaign, number: int) -> None:
    """Campaigns, links both ways, an id elsewhere, and hostages who are still held."""
    for one in (campaign, *Campaign.objects.filter(incident_ties__incident=near)):
        CampaignIncident.objects.create(campaign=one, incident=incident)
    IncidentLink.objects.create(source=incident, target=near, relation="follow_up_violence")
    IncidentLink.objects.create(source=near, target=incident, relation="secondary_attack")
    ExternalIdentifier.objects.create(target=incident, scheme="acled", value=f"ZZY{number}")
    if number % 5 == 0:
        HostageCase.objects.create(incident=incident, persons=9, status="held")


def _bring_on(incident: Incident, number: int) -> None:
    """A fifth stays a draft; others are in review, verified or under embargo."""
    now = timezone.now()
    if number % 5 == 0:
        return
    if number % 5 in (3, 4):
        Incident.objects.filter(pk=incident.pk).update(embargo_until=now + dt.timedelta(days=2))
    status = "in_review" if number % 5 == 1 else "verified"
    reviewed = {} if status == "in_review" else {"reviewed_by": make.rita(), "reviewed_at": now}
    Incident.objects.filter(pk=incident.pk).update(editorial_status=status, **reviewed)


def _edit_at_the_desk(rows: list[Incident], actor: Actor, documents: list[Document]) -> int:
    """Changes of public incidents that nobody has published yet: new, changed and deleted parts."""
    for number, row in enumerate(rows):
        citation = make.citation(row, documents[number % len(documents)].slug)
        row.citations.exclude(pk=citation.pk).filter(estimates__isnull=True).exclude(
            pk__in=row.participations.filter(citation__isnull=False).values("citation")
        ).delete()
        row.participations.all().delete()
        Participation.objects.create(incident=row, actor=actor, role="perpetrator")
        row.claims.all().delete()
        row.campaign_ties.all().delete()
        row.locations.update(name="Zzyzx", latitude="1.500000", longitude="1.500000")
        Incident.objects.filter(pk=row.pk).update(
            title="Zzyzx", summary="Quorvath", killed_low=777, killed_best=777, killed_high=777,
            date_start=dt.date(2026, 1, 1), date_end=dt.date(2026, 1, 1), date_precision="day",
            slug=f"zzyzx-edited-{number}", attribution="unknown", targets=[], weapons=[],
        )  # fmt: skip
    return len(rows)


def _pay_for(hidden: list[Incident], public: list[Incident]) -> None:
    """Ransoms and talks about people of unpublished, of withheld and of public incidents.

    Half of the hidden cases are closed: then the incident alone keeps them from readers.
    """
    for row in hidden[1:10:2]:
        make.freed(row)
    withheld = [row for row in public if row.hostage_cases.filter(publish_policy="withhold")]
    for row in [*hidden[:10], *withheld, *public[:5]]:
        make.ransom(row, payer="Zzyzx Holdings", payee="quorvath-front", note="Zzyzx")
        make.talks(row, party="quorvath-front", facilitator="Zzyzx", text="Zzyzx")
    make.talks(*hidden[:3], *public, facilitator="Zzyzx")


def _write_reports() -> None:
    """Reports being written, waiting for release, dropped; one supersedes what is public."""
    manuscripts.writes(manuscripts.manuscript(2), make.ed())
    mine = manuscripts.series(slug="zzyzx-series", name="Zzyzx bulletin", is_active=False)
    manuscripts.writes(manuscripts.manuscript(which=manuscripts.job(1, mine)), make.ed())
    waiting = manuscripts.writes(
        manuscripts.manuscript(2, which=manuscripts.job(2, mine)), make.ed()
    )
    releasing.submit(waiting, by=make.ed(), at=timezone.now())
    given_up = manuscripts.manuscript(3, which=manuscripts.job(3, mine))
    releasing.drop(given_up, by=make.ed(), at=timezone.now(), reason="Zzyzx")


def _ask_for_reports(actor: Actor, campaign: Campaign) -> None:
    """Series about the hidden group and campaign that are switched on, and readers of them."""
    now = timezone.now()
    reader = Subscriber.objects.create(email="quorvath@example.org", created_at=now)
    for subject in (
        {"topic": "actor", "actor": actor},
        {"topic": "campaign", "campaign": campaign},
    ):
        for language, more in (("en", {}), ("fr", {"name": "Zzyzx bulletin"})):
            which = ReportSchedule.objects.create(
                slug=f"quorvath-{subject['topic']}-{language}", language=language,
                cadence="weekly", starts_on=dt.date(2022, 1, 1), **subject, **more,
            )  # fmt: skip
            Subscription.objects.create(
                subscriber=reader, schedule=which, asked_at=now, confirmed_at=now
            )
    asked = {"language": "en", "asked_at": now, "confirmed_at": now}
    for query in (f"actor={actor.slug}", f"campaign={campaign.slug}"):
        for owner in ({"subscriber": reader}, {"owner": make.ed()}):
            Watch.objects.create(
                **owner, name="Zzyzx", query=query, rhythm="instant", due_at=now, **asked
            )
    planning.plan_due(now)
    assert not ReportJob.objects.filter(schedule__slug__startswith="quorvath-").exists()
    watch_alerts.plan(now)


def _talk_about(hidden: list[Incident], public: list[Incident]) -> None:
    """Comments, assignments, decisions, ties to what surrounds incidents, merges at the desk."""
    now = timezone.now()
    for row in [*hidden[:10], *public[:10]]:
        workflow.comment(row, "Zzyzx told us.", by=make.ed(), at=now)
        workflow.assign(row, make.rita(), by=make.ed(), at=now)
    for one, other in zip(hidden[10:20], public[10:20], strict=False):
        low, high = sorted((one, other), key=lambda row: row.pk)
        NotDuplicate.objects.create(first=low, second=high, decided_by=make.ed(), decided_at=now)
    for model in (Advisory, Statement, FollowUp):
        for row in model.objects.all():
            row.incidents.add(*hidden[:3])
    drafts = [row for row in hidden if row.editorial_status == "draft"]
    for gone, stays in zip(drafts[20:25], drafts[25:30], strict=False):
        workflow.merge(gone, stays, by=make.rita(), at=now)
    make.person("zzyzx", "editor", email="zzyzx@example.org")
    analyse()
