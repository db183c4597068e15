"""Around an incident: campaigns, context, harm, hostages."""

from typing import Any

from incidents.models import (
    Advisory,
    AnalyticalClaim,
    CampaignActor,
    CampaignIncident,
    CampaignPhase,
    ConditionImpact,
    Demand,
    DisplacementFigure,
    FollowUp,
    HarmEstimate,
    HostageCase,
    Indicator,
    Negotiation,
    NegotiationTerm,
    RansomPayment,
    Statement,
)
from tests import make
from tests.house.constraints.registry import BACKWARDS, EARLY, LATE, case, change, twice


def ransom(**more: Any) -> RansomPayment:
    values = {"slug": "r", "payer": "x", "payee": make.actor(), "currency": "USD"} | more
    return RansomPayment.objects.create(**values)


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
