"""Every named constraint and every trigger of ours refuses what it is there to refuse."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from actors.models import (
    ActorAlias,
    ActorDesignation,
    ActorPresence,
    ActorRelation,
    Contribution,
)
from exchange.models import ImportBatch, RejectedRow
from incidents.models import (
    Advisory,
    AnalyticalClaim,
    CampaignActor,
    CampaignIncident,
    CampaignPhase,
    ClaimOfResponsibility,
    ConditionImpact,
    Demand,
    DisplacementFigure,
    FollowUp,
    HarmEstimate,
    HostageCase,
    IncidentLink,
    IncidentLocation,
    IncidentType,
    Indicator,
    Negotiation,
    NegotiationTerm,
    Participation,
    PublishedIncident,
    RansomPayment,
    RecordHead,
    Statement,
)
from regions.models import (
    AdminArea,
    Instrument,
    Membership,
    Mission,
    Place,
)
from reports.models import Report, ReportItem, ReportJob, ReportSchedule
from sources.models import Citation, ExternalIdentifier, Source
from tests import make

pytestmark = pytest.mark.django_db

OURS = {"accounts", "sources", "regions", "actors", "incidents", "exchange", "reports"}
LATE, EARLY = dt.date(2020, 2, 1), dt.date(2020, 1, 1)
BACKWARDS = {"starts_on": LATE, "ends_on": EARLY}

Case = Callable[[], object]
CASES: dict[str, Case] = {}


def case(*names: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a function that must break the constraint; it may take the name."""

    def keep(function: Callable[..., object]) -> Callable[..., object]:
        for name in names:
            takes_name = function.__code__.co_argcount == 1
            CASES[name] = (lambda f=function, n=name: f(n)) if takes_name else function
        return function

    return keep


def twice(make_one: Callable[[], object]) -> None:
    make_one()
    make_one()


def change(row: Any, **values: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def batch(**more: Any) -> ImportBatch:
    values = {"key": "ucdp:1", "started_by": make.ed()} | more
    return ImportBatch.objects.create(**values)


def schedule(**more: Any) -> ReportSchedule:
    values = {"slug": "mali", "country": make.country(), "language": "en", "starts_on": EARLY}
    return ReportSchedule.objects.get_or_create(slug="mali", defaults=values | more)[0]


def job(**more: Any) -> ReportJob:
    values = {
        "key": f"monthly:{timezone.now().timestamp()}",
        "schedule": schedule(),
        "period_start": EARLY,
        "period_end": LATE,
        "cutoff_at": timezone.now(),
        "record_seq": 0,
    }
    return ReportJob.objects.create(**values | more)


def report() -> Report:
    return Report.objects.create(
        job=job(),
        title="Mali",
        language="en",
        period_start=EARLY,
        period_end=LATE,
        cutoff_at=timezone.now(),
        record_seq=0,
        published_at=timezone.now(),
        checksum="0",
        content={},
    )


def mission(slug: str = "m", **more: Any) -> Mission:
    return Mission.objects.create(slug=slug, name=slug, kind="peace_support", **more)


def ransom(**more: Any) -> RansomPayment:
    values = {"slug": "r", "payer": "x", "payee": make.actor(), "currency": "USD"} | more
    return RansomPayment.objects.create(**values)


def published_row(**more: Any) -> PublishedIncident:
    row = PublishedIncident.objects.get(public_id=make.published().public_id)
    row.seq += 1000
    row.version += 1
    row.valid_to = row.valid_from + dt.timedelta(days=1)
    for name, value in more.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


# --- accounts, sources -------------------------------------------------------------------


@case("user_role_known")
def _() -> None:
    User.objects.create(username="x", role="king")


@case("audit_is_append_only")
def _() -> None:
    entry = AuditEntry.objects.create(at=timezone.now(), by="ed", verb="x", noun="x", object_id="1")
    change(entry, by="rita")


@case("source_unique_name_kind")
def _() -> None:
    for slug in "ab":
        Source.objects.create(slug=slug, name="AFP", kind="wire", reliability="B")


@case("source_kind_known")
def _() -> None:
    Source.objects.create(slug="a", name="a", kind="gossip", reliability="B")


@case("source_reliability_known")
def _() -> None:
    Source.objects.create(slug="a", name="a", kind="wire", reliability="Z")


@case("document_published_ordered")
def _() -> None:
    make.document(published_from=LATE, published_to=EARLY)


@case("document_not_own_copy")
def _() -> None:
    paper = make.document()
    change(paper, syndicated_from=paper)


@case("citation_unique_target_locator")
def _() -> None:
    cited = make.citation(make.actor())
    cited.pk = cited.uuid = None
    Citation.objects.bulk_create(
        [
            Citation(
                document=cited.document,
                target_type=cited.target_type,
                target_id=cited.target_id,
                reliability="B",
                credibility=2,
            )
        ]
    )


@case("citation_credibility_known")
def _() -> None:
    make.citation(make.actor(), credibility=9)


@case("citation_reliability_known")
def _() -> None:
    make.citation(make.actor(), reliability="Z")


def external_id(**more: Any) -> None:
    who = make.actor()
    ExternalIdentifier.objects.create(
        target_type=ContentType.objects.get_for_model(who),
        target_id=who.pk,
        scheme="gtd",
        value="1",
        **more,
    )


@case("external_id_unique_value")
def _() -> None:
    twice(external_id)


@case("external_id_period_ordered")
def _() -> None:
    external_id(**BACKWARDS)


# --- regions -----------------------------------------------------------------------------


@case("country_iso3_form")
def _() -> None:
    change(make.country(), iso3="ml1")


@case("country_region_iff_african")
def _() -> None:
    change(make.country(), au_region=None)


@case("country_coordinates_valid")
def _() -> None:
    change(make.country(), latitude=91)


def area(slug: str = "a", **more: Any) -> AdminArea:
    values = {"slug": slug, "country": make.country(), "level": 1, "name": "Kayes"} | more
    return AdminArea.objects.create(**values)


@case("area_level_known")
def _() -> None:
    area(level=9)


@case("area_unique_name")
def _() -> None:
    area("a")
    area("b")


@case("area_period_ordered")
def _() -> None:
    area(**BACKWARDS)


@case("area_coordinates_valid")
def _() -> None:
    area(latitude=1, longitude=181)


@case("area_one_below_parent")
def _() -> None:
    area("b", name="Kita", level=3, parent=area("a"))


@case("place_unique_point")
def _() -> None:
    kati = {"name": "Kati", "country": make.country(), "latitude": 1, "longitude": 1}
    twice(lambda: Place.objects.create(**kati))


@case("place_coordinates_valid")
def _() -> None:
    Place.objects.create(name="Kati", country=make.country(), latitude=1)


@case("body_kind_known")
def _() -> None:
    make.body(kind="club")


@case("body_not_own_parent")
def _() -> None:
    own = make.body()
    change(own, parent=own)


@case("body_period_ordered")
def _() -> None:
    make.body(established_on=LATE, dissolved_on=EARLY)


def membership(**more: Any) -> Membership:
    values = {
        "body": make.body(),
        "country": make.country(),
        "status": "member",
        "starts_on": EARLY,
    }
    return Membership.objects.create(**values | more)


@case("membership_period_ordered")
def _() -> None:
    membership(**BACKWARDS)


@case("membership_exit_announced_first")
def _() -> None:
    membership(ends_on=EARLY, exit_effective_on=EARLY + dt.timedelta(1), exit_announced_on=LATE)


@case("membership_ends_before_exit")
def _() -> None:
    membership(ends_on=LATE, exit_announced_on=EARLY, exit_effective_on=LATE)


@case("membership_no_overlap")
def _() -> None:
    membership()
    membership(starts_on=LATE)


@case("instrument_adopted_before_force")
def _() -> None:
    Instrument.objects.create(
        slug="i", body=make.body(), title="t", kind="treaty", adopted_on=LATE, in_force_on=EARLY
    )


@case("instrument_period_ordered")
def _() -> None:
    Instrument.objects.create(
        slug="i", body=make.body(), title="t", kind="treaty", in_force_on=LATE, ended_on=EARLY
    )


@case("mission_period_ordered")
def _() -> None:
    mission(**BACKWARDS)


@case("mission_planned_has_no_start")
def _() -> None:
    Mission.objects.create(slug="m", name="m", kind="planned_force", starts_on=EARLY)


@case("mission_not_own_predecessor")
def _() -> None:
    own = mission()
    change(own, predecessor=own)


# --- actors ------------------------------------------------------------------------------


@case("actor_kind_known")
def _() -> None:
    make.actor(kind="gang")


@case("actor_inter_known")
def _() -> None:
    make.actor(acled_inter=9)


@case("actor_state_force_has_home")
def _() -> None:
    make.actor(kind="state_force")


@case("actor_founded_before_ended")
def _() -> None:
    make.actor(founded_on=LATE, ended_on=EARLY)


@case("actor_slug_is_immutable")
def _() -> None:
    change(make.actor(), slug="other")


@case("alias_unique_key")
def _() -> None:
    make.alias(make.actor(), "Ançar Dine")
    make.alias(make.actor(), "ANCAR-DINE")


@case("alias_period_ordered")
def _() -> None:
    make.alias(make.actor(), "x", **BACKWARDS)


@case("alias_key_not_empty")
def _() -> None:
    ActorAlias.objects.bulk_create(
        [ActorAlias(actor=make.actor(), name="’", lang="en", kind="full", search_key="")]
    )


def relation(type: str = "merged_into", **more: Any) -> ActorRelation:
    values = {"source": make.actor("a"), "target": make.actor("b"), "type": type} | more
    return ActorRelation.objects.create(**values)


@case("relation_not_to_self")
def _() -> None:
    relation("supports", target=make.actor("a"))


@case("relation_unique_start")
def _() -> None:
    relation("supports", starts_on=EARLY, ends_on=EARLY)
    relation("supports", starts_on=EARLY, ends_on=EARLY)


@case("relation_symmetric_stored_once")
def _() -> None:
    first, second = make.actor("a"), make.actor("b")
    relation("rival_of", source=second, target=first)


@case("relation_period_ordered")
def _() -> None:
    relation("supports", **BACKWARDS)


@case("relation_no_overlap")
def _() -> None:
    relation("supports", starts_on=EARLY)
    relation("supports", starts_on=LATE)


@case("relation_lineage_acyclic")
def _() -> None:
    relation("merged_into", source=make.actor("a"), target=make.actor("b"))
    relation("renamed_to", source=make.actor("b"), target=make.actor("c"))
    relation("successor_of", source=make.actor("a"), target=make.actor("c"))


def presence(**more: Any) -> ActorPresence:
    values = {"actor": make.actor(), "country": make.country(), "kind": "operates"} | more
    return ActorPresence.objects.create(**values)


@case("presence_country_or_area")
def _() -> None:
    presence(country=None)


@case("presence_period_ordered")
def _() -> None:
    presence(**BACKWARDS)


@case("presence_no_overlap")
def _() -> None:
    twice(presence)


def designation(**more: Any) -> None:
    ActorDesignation.objects.create(actor=make.actor(), authority="UN", list_name="1267", **more)


@case("designation_period_ordered")
def _() -> None:
    designation(**BACKWARDS)


@case("designation_no_overlap")
def _() -> None:
    twice(designation)


def contribution(**more: Any) -> None:
    where = Mission.objects.filter(slug="m").first() or mission()
    Contribution.objects.create(**{"mission": where, "role": "troops"} | more)


@case("contribution_country_or_actor")
def _() -> None:
    contribution(country=make.country(), actor=make.actor())


@case("contribution_period_ordered")
def _() -> None:
    contribution(country=make.country(), **BACKWARDS)


@case("contribution_strength_positive")
def _() -> None:
    contribution(country=make.country(), strength=0, strength_kind="planned")


@case("contribution_country_no_overlap")
def _() -> None:
    twice(lambda: contribution(country=make.country()))


@case("contribution_actor_no_overlap")
def _() -> None:
    twice(lambda: contribution(actor=make.actor()))


# --- incidents ---------------------------------------------------------------------------


@case("incident_type_code_form")
def _() -> None:
    IncidentType.objects.create(code="ambush", group="other", label="x", label_fr="x")


@case("incident_type_gtd_known")
def _() -> None:
    IncidentType.objects.create(
        code="XXX-YYY", group="other", label="x", label_fr="x", gtd_attack_types=[12]
    )


@case("incident_dates_ordered")
def _() -> None:
    change(make.incident(), date_start=LATE, date_end=EARLY)


@case("incident_width_fits_precision")
def _() -> None:
    change(make.incident(), date_start=EARLY, date_end=LATE, date_precision="week")


@case("incident_public_id_form")
def _() -> None:
    change(make.incident(), public_id="LOWER-CASE"[:10])


@case("incident_targets_known", "incident_weapons_known", "incident_tactics_known")
def _(name: str) -> None:
    change(make.incident(), **{name.split("_")[1]: ["moon"]})


@case(
    "incident_killed_ordered",
    "incident_wounded_ordered",
    "incident_abducted_ordered",
    "incident_displaced_ordered",
    "incident_attackers_killed_ordered",
)
def _(name: str) -> None:
    harm = name.removeprefix("incident_").removesuffix("_ordered")
    change(make.incident(), **{f"{harm}_low": 5, f"{harm}_high": 3})


@case("incident_reviewer_is_not_author")
def _() -> None:
    change(make.incident(), reviewed_by=make.ed(), reviewed_at=timezone.now())


@case("incident_reviewed_pair")
def _() -> None:
    change(make.incident(), reviewed_at=timezone.now())


@case("incident_verified_has_reviewer")
def _() -> None:
    change(make.incident(), editorial_status="verified")


def force_published(**more: Any) -> None:
    now = timezone.now()
    values = {
        "editorial_status": "published",
        "reviewed_by": make.rita(),
        "reviewed_at": now,
        "first_published_at": now,
    }
    changes = {k: more.pop(k) for k in ("sensitivity", "embargo_until") if k in more}
    moment = {"first_published_at": None} if more.pop("no_moment", False) else {}
    change(make.incident(**more), **values | changes | moment)


@case("incident_published_is_public")
def _() -> None:
    force_published(sensitivity="confidential")


@case("incident_published_has_moment")
def _() -> None:
    force_published(no_moment=True)


@case("incident_embargo_passed")
def _() -> None:
    force_published(embargo_until=timezone.now() + dt.timedelta(hours=1))


@case("incident_withdrawn_has_reason")
def _() -> None:
    change(make.incident(), editorial_status="withdrawn")


@case("incident_merged_iff_target")
def _() -> None:
    change(make.incident(), editorial_status="merged")


@case("incident_not_merged_into_itself")
def _() -> None:
    own = make.incident()
    change(own, editorial_status="merged", merged_into=own)


@case("incident_published_has_citation")
def _() -> None:
    force_published(sourced=False)


@case("incident_published_has_location")
def _() -> None:
    force_published(located=False)


@case("location_of_published_stays")
def _() -> None:
    make.published().locations.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@case("incident_merges_acyclic")
def _() -> None:
    one, two, three = (make.incident() for _ in range(3))
    for loser, winner in ((one, two), (two, three), (three, one)):
        change(loser, editorial_status="merged", merged_into=winner)


@case("location_one_primary")
def _() -> None:
    IncidentLocation.objects.create(
        incident=make.incident(), precision="exact", display_precision="exact"
    )


@case("location_coordinates_valid")
def _() -> None:
    make.incident().locations.update(latitude=-91)


@case("location_never_shown_finer")
def _() -> None:
    make.incident(geo_precision="admin1", display_precision="exact")


@case("participation_actor_or_text")
def _() -> None:
    Participation.objects.create(incident=make.incident(), role="target")


@case("participation_unique_role")
def _() -> None:
    which = make.incident()
    twice(lambda: make.part(which))


@case("claim_unique_day")
def _() -> None:
    which = make.incident()
    twice(lambda: ClaimOfResponsibility.objects.create(incident=which, claimant=make.actor()))


@case("link_not_to_self")
def _() -> None:
    own = make.incident()
    IncidentLink.objects.create(source=own, target=own, relation="split_of")


@case("link_unique_relation")
def _() -> None:
    one, two = make.incident(), make.incident()
    twice(lambda: IncidentLink.objects.create(source=one, target=two, relation="split_of"))


@case("campaign_condition_fields")
def _() -> None:
    make.campaign(kind="condition")


@case("campaign_expected_only_on_waves")
def _() -> None:
    make.campaign(kind="conflict", expected_incident_count=6)


@case("campaign_not_own_parent")
def _() -> None:
    own = make.campaign()
    change(own, parent=own)


@case("campaign_period_ordered")
def _() -> None:
    make.campaign(**BACKWARDS)


@case("campaign_actor_unique_pair")
def _() -> None:
    twice(lambda: CampaignActor.objects.create(campaign=make.campaign(), actor=make.actor()))


@case("campaign_incident_unique_pair")
def _() -> None:
    which = make.incident()
    twice(lambda: CampaignIncident.objects.create(campaign=make.campaign(), incident=which))


@case("phase_period_ordered")
def _() -> None:
    CampaignPhase.objects.create(campaign=make.campaign(), label="x", **BACKWARDS)


@case("demand_has_owner")
def _() -> None:
    Demand.objects.create(slug="d", text="x")


@case("demand_unique_position")
def _() -> None:
    for slug in "ab":
        Demand.objects.create(slug=slug, text="x", campaign=make.campaign())


@case("impact_period_ordered")
def _() -> None:
    ConditionImpact.objects.create(campaign=make.campaign(), kind="fuel", text="x", **BACKWARDS)


@case("impact_unique_text")
def _() -> None:
    twice(lambda: ConditionImpact.objects.create(campaign=make.campaign(), kind="fuel", text="x"))


@case("displacementfigure_period_ordered")
def _() -> None:
    DisplacementFigure.objects.create(slug="d", origin=make.country(), **BACKWARDS)


@case("displacement_ordered")
def _() -> None:
    DisplacementFigure.objects.create(slug="d", origin=make.country(), value_low=5, value_high=3)


@case("advisory_period_ordered")
def _() -> None:
    Advisory.objects.create(slug="a", kind="travel", **BACKWARDS)


@case("statement_period_ordered")
def _() -> None:
    Statement.objects.create(slug="a", speaker_role="office", **BACKWARDS)


@case("analyticalclaim_period_ordered")
def _() -> None:
    AnalyticalClaim.objects.create(slug="a", kind="causal", document=make.document(), **BACKWARDS)


@case("followup_period_ordered")
def _() -> None:
    FollowUp.objects.create(slug="a", kind="trial", **BACKWARDS)


@case("indicator_period_ordered")
def _() -> None:
    Indicator.objects.create(slug="a", concerns=make.country(), issuer="x", value="x", **BACKWARDS)


@case("estimate_one_owner")
def _() -> None:
    which = make.incident()
    HarmEstimate.objects.create(
        incident=which,
        campaign=make.campaign(),
        harm="killed",
        best=1,
        citation=make.citation(which),
        as_of=EARLY,
    )


@case("estimate_ordered")
def _() -> None:
    make.estimate(make.incident(), low=3, best=2, high=4)


@case("estimate_says_something")
def _() -> None:
    make.estimate(make.incident(), low=None, best=None, high=None)


@case("estimate_self_interested_not_preferred")
def _() -> None:
    make.estimate(make.incident(), is_self_interested=True, is_preferred=True)


@case("estimate_one_preferred_incident")
def _() -> None:
    which = make.incident()
    for source in ("wire-1", "wire-2"):
        make.estimate(which, source=source, is_preferred=True)


@case("estimate_one_preferred_campaign")
def _() -> None:
    wave = make.campaign()
    for source in ("wire-1", "wire-2"):
        HarmEstimate.objects.create(
            campaign=wave,
            harm="killed",
            best=1,
            citation=make.citation(wave, source),
            as_of=EARLY,
            is_preferred=True,
        )


@case("estimate_published_is_frozen")
def _() -> None:
    which = make.incident()
    figure = make.estimate(which)
    make.through_the_door(which)
    change(figure, best=0, low=0)


@case("hostage_case_period_ordered")
def _() -> None:
    HostageCase.objects.create(incident=make.incident(), **BACKWARDS)


@case("hostage_case_open_is_withheld")
def _() -> None:
    HostageCase.objects.create(incident=make.incident(), status="held", publish_policy="publish")


@case("ransom_amount_ordered")
def _() -> None:
    ransom(amount_low=70, amount_high=50)


@case("ransom_currency_form")
def _() -> None:
    ransom(currency="usd")


@case("ransom_paid_ordered")
def _() -> None:
    ransom(paid_from=LATE, paid_to=EARLY)


@case("negotiation_period_ordered")
def _() -> None:
    Negotiation.objects.create(slug="n", kind="talks", status="reported", **BACKWARDS)


@case("term_unique_kind")
def _() -> None:
    talks = Negotiation.objects.create(slug="n", kind="talks", status="reported")
    twice(lambda: NegotiationTerm.objects.create(negotiation=talks, kind="taxes"))


# --- the record --------------------------------------------------------------------------


@case("record_head_is_single")
def _() -> None:
    RecordHead.objects.create(pk=2)


@case("record_unique_version")
def _() -> None:
    published_row(version=1)


@case("record_one_current")
def _() -> None:
    published_row(valid_to=None)


@case("record_validity_ordered")
def _() -> None:
    published_row(valid_to=timezone.now() - dt.timedelta(days=9))


@case("record_dates_ordered")
def _() -> None:
    published_row(date_start=LATE, date_end=EARLY)


@case("record_listed_iff_public")
def _() -> None:
    published_row(is_listed=False)


@case("record_tombstone_is_bare")
def _() -> None:
    published_row(is_listed=False, status="withdrawn", reason="safety")


@case("record_killed_ordered")
def _() -> None:
    published_row(killed_low=3, killed_high=1)


@case("record_is_append_only")
def _() -> None:
    change(PublishedIncident.objects.get(public_id=make.published().public_id), title="Other")


# --- exchange, reports -------------------------------------------------------------------


@case("import_counts_add_up")
def _() -> None:
    batch(rows_read=3, rows_accepted=1, rows_rejected=1)


@case("rejected_row_once")
def _() -> None:
    one = batch()
    twice(lambda: RejectedRow.objects.create(batch=one, line=2, column="best", reason="x"))


@case("schedule_one_scope")
def _() -> None:
    schedule(country=None)


@case("report_job_once_a_period")
def _() -> None:
    twice(job)


@case("report_job_period_ordered")
def _() -> None:
    job(period_start=LATE, period_end=EARLY)


@case("report_is_append_only")
def _() -> None:
    change(report(), title="Other")


def item(**more: Any) -> ReportItem:
    values = {"report": more.pop("report", None) or report(), "key": "killed", "figure": {}}
    return ReportItem.objects.create(**values | more)


@case("report_item_unique_key")
def _() -> None:
    whole = report()
    twice(lambda: item(report=whole))


@case("report_item_is_append_only")
def _() -> None:
    change(item(), key="wounded")


def ours() -> set[str]:
    """Names of all constraints and triggers of our models."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            found |= {constraint.name for constraint in model._meta.constraints}
            found |= {trigger.name for trigger in getattr(model._meta, "triggers", [])}
    # One trigger holds two truths; each has a case under its own name.
    return found - {"incident_published_is_sourced"}


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_database_refuses(name: str) -> None:
    raised_as = {"location_of_published_stays": "incident_published_has_location"}

    with pytest.raises((IntegrityError, InternalError)) as refused, transaction.atomic():
        CASES[name]()

    cause = refused.value.__cause__
    told = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    assert told == raised_as.get(name, name) or name in str(refused.value) or "append_only" in name


def test_every_constraint_and_trigger_has_a_case_that_breaks_it() -> None:
    extra = {"incident_published_has_citation", "incident_published_has_location"}

    assert ours() == set(CASES) - extra
