"""What is entered at the reference desks reaches readers by an act, never by omission."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from incidents import workflow
from incidents.models import Campaign, CampaignActor, ConditionImpact, Demand
from regions.models import Mission, RegionalBody
from sources.models import Document
from tests import make
from tests.reference.forms import typed

pytestmark = pytest.mark.django_db
SIEGE = {"name": "Siege", "kind": "condition", "condition_type": "siege", "starts_on": "2025-10-01"}


def entered(ed, noun, **data):
    page = reverse(f"reference:{noun}-new")
    return ed.post(page, typed(ed.get(page), **data))


def addresses(campaign):
    yield reverse("incidents:campaign", args=[campaign.slug])
    yield f"/api/v1/campaigns/{campaign.slug}/"
    yield f"/api/v1/incidents/?campaign={campaign.slug}"


def statuses(campaign):
    return {Client().get(address).status_code for address in addresses(campaign)}


@pytest.fixture
def siege(ed):
    """A campaign as Ed entered it, with an actor, a demand, an effect and a document of its own."""
    assert entered(ed, "campaigns", **SIEGE).status_code == 302
    made = Campaign.objects.get(slug="siege")
    who = make.actor("front", created_by=make.ed())
    CampaignActor.objects.create(campaign=made, actor=who)
    Demand.objects.create(campaign=made, slug="taxes", text="Taxes", actor=who)
    impact = ConditionImpact.objects.create(campaign=made, kind="fuel", text="No fuel")
    make.citation(impact, "letter")
    make.citation(made, "memo")
    return made


def told_with(campaign):
    """Whether readers know the campaign, its actor and its two documents."""
    return (
        campaign in Campaign.objects.told(),
        Actor.objects.told().filter(slug="front").exists(),
        *(Document.objects.told().filter(slug=slug).exists() for slug in ("letter", "memo")),
    )


def test_a_new_campaign_and_all_that_hangs_on_it_is_for_the_desk_alone(siege):
    make.tie(make.incident(), siege)

    assert told_with(siege) == (False,) * 4
    assert statuses(siege) == {404, 400}
    assert b"Siege" not in Client().get("/campaigns/").content


def test_an_editor_shows_a_campaign_to_readers_by_saying_so(siege, ed):
    page = reverse("reference:campaigns-edit", args=[siege.slug])
    answer = ed.post(page, typed(ed.get(page), is_public="on"))

    assert answer.status_code == 302
    assert told_with(siege) == (True,) * 4
    assert statuses(siege) == {200}


def test_a_published_incident_shows_its_campaign_and_takes_it_along_when_it_goes(siege):
    incident = make.incident()
    make.tie(incident, siege)
    incident = make.through_the_door(incident)
    assert told_with(siege) == (True,) * 4

    workflow.withdraw(incident, by=make.rita(), at=timezone.now(), reason="not_confirmed")

    assert told_with(siege) == (False,) * 4


def test_an_incident_of_which_readers_see_country_and_month_shows_no_campaign(siege):
    incident = make.incident(
        sensitivity="restricted", sensitivity_reason="Talks.", disclosure="country_month"
    )
    make.tie(incident, siege)
    make.through_the_door(incident)

    assert told_with(siege) == (False,) * 4


def test_a_campaign_does_not_tell_of_one_that_it_is_part_of(siege):
    part = make.campaign("wave", parent=siege)
    page, api, _question = (Client().get(address) for address in addresses(part))

    assert "Siege" not in page.content.decode()
    assert api.json()["parent"] is None


@pytest.mark.parametrize(
    ("noun", "model", "data"),
    [
        ("bodies", RegionalBody, {"name": "Alliance", "kind": "rec"}),
        ("missions", Mission, {"name": "Joint force", "kind": "peace_support", "cite": "wire-1"}),
    ],
)
def test_a_body_or_a_mission_is_public_at_once_and_whoever_enters_it_says_so(ed, noun, model, data):
    make.document("wire-1")

    refused = entered(ed, noun, **data)
    assert refused.status_code == 422
    assert "Saving makes it public" in refused.content.decode()
    assert not model.objects.filter(name=data["name"]).exists()

    assert entered(ed, noun, may_be_told="on", **data).status_code == 302
    assert model.objects.filter(name=data["name"]).exists()
