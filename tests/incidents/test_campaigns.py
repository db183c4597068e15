"""The pages of campaigns and conditions."""

import datetime as dt

import pytest
from django.template import Context, Template

from incidents.models import CampaignActor, CampaignPhase, Demand, HarmEstimate, Negotiation
from tests import make

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def blockade():
    found = make.campaign(
        "fuel-blockade", name="Fuel blockade", kind="condition", condition_type="blockade",
        starts_on=dt.date(2025, 9, 3), start_precision="day", status="open",
    )  # fmt: skip
    CampaignActor.objects.create(campaign=found, actor=make.actor("jnim"))
    CampaignActor.objects.create(campaign=found, actor=make.actor("fama"), is_opposing=True)
    return found


def test_the_fuel_blockade_had_lasted_68_days_on_10_november_2025(client, blockade):
    page = client.get("/campaigns/fuel-blockade/?on=2025-11-10")

    assert page.context["now"].days == 68
    assert "68 days" in text(page)


def test_a_condition_that_ended_keeps_its_length(client, blockade):
    blockade.ends_on = dt.date(2025, 10, 3)
    blockade.save()

    page = client.get("/campaigns/fuel-blockade/?on=2026-01-01")

    assert page.context["now"].days == 30
    assert "Lasted" in text(page)


def test_before_its_start_it_had_not_begun(client, blockade):
    page = client.get("/campaigns/fuel-blockade/?on=2025-09-02")

    assert page.context["now"].days is None
    assert "It had not begun on 2 September 2025." in text(page)


def test_phases_demands_actors_and_opponents_are_shown(client, blockade):
    CampaignPhase.objects.create(campaign=blockade, starts_on="2025-09-03", label="ban declared")
    Demand.objects.create(campaign=blockade, slug="d1", position=1, text="lift the ban")

    page = client.get("/campaigns/fuel-blockade/")

    assert "ban declared" in text(page)
    assert "lift the ban" in text(page)
    assert [actor.slug for actor in page.context["opponents"]] == ["fama"]


def test_a_wave_warns_where_a_source_expects_another_number_of_incidents(client):
    wave = make.campaign(
        "wave", expected_incident_count=6, expected_on=dt.date(2022, 7, 21), starts_on="2022-07-21"
    )
    for number in range(5):
        one = make.incident(day="2022-07-21", place=f"Town-{number}")
        make.tie(one, wave)
        make.through_the_door(one)
    kati = make.incident(day="2022-07-22")
    make.tie(kati, wave)
    make.through_the_door(kati)

    assert "6 incidents expected, 5 recorded" in text(client.get("/campaigns/wave/"))

    sixth = make.incident(day="2022-07-21", place="Thy")
    make.tie(sixth, wave)
    make.through_the_door(sixth)

    assert "the record holds as many" in text(client.get("/campaigns/wave/"))


def test_a_combined_toll_is_told_apart_from_the_incidents(client, blockade):
    HarmEstimate.objects.create(
        campaign=blockade, harm="killed", low=20, comparator="at_least", as_of="2025-10-01",
        citation=make.citation(blockade),
    )  # fmt: skip

    page = text(client.get("/campaigns/fuel-blockade/"))

    assert "at least 20" in page
    assert "never added to them" in page


def test_talks_are_shown_and_talks_about_hostages_are_not(client, blockade):
    talks = Negotiation.objects.create(
        slug="talks", kind="talks", status="reported", text="channels opened"
    )
    hidden = Negotiation.objects.create(
        slug="hostages", kind="hostage_negotiation", status="ongoing", text="about captives"
    )
    for row in (talks, hidden):
        row.campaigns.add(blockade)

    page = text(client.get("/campaigns/fuel-blockade/"))

    assert "channels opened" in page
    assert "about captives" not in page


def test_drafts_are_not_among_its_incidents(client, blockade):
    make.tie(make.incident(title="Secret draft title"), blockade)

    assert "Secret draft title" not in text(client.get("/campaigns/fuel-blockade/"))


def test_the_list_explains_each_kind_and_counts_days(client, blockade):
    make.campaign("wave")

    page = text(client.get("/campaigns/?on=2025-11-10"))

    assert "counted in days and never as an incident" in page
    assert "68" in page
    assert "Episode" in page


@pytest.mark.parametrize("query", ["kind=war", "x=1", "on=2025-13-01"])
def test_what_is_not_understood_is_refused(client, blockade, query):
    assert client.get(f"/campaigns/?{query}").status_code == 400


def test_the_home_page_panel_lists_conditions_in_force_with_their_days(blockade):
    template = Template("{% load panels %}{% conditions_in_force on %}")

    during = template.render(Context({"on": dt.date(2025, 11, 10)}))
    before = template.render(Context({"on": dt.date(2025, 1, 1)}))

    assert "Fuel blockade" in during
    assert "<strong>68</strong> days" in during
    assert "Fuel blockade" not in before


def test_more_rows_cost_no_more_queries(client, blockade, django_assert_max_num_queries):
    for number in range(5):
        one = make.incident(day="2025-09-10", place=f"Town-{number}")
        make.tie(one, blockade)
        make.through_the_door(one)
    client.get("/campaigns/fuel-blockade/")

    with django_assert_max_num_queries(25):
        client.get("/campaigns/fuel-blockade/")
    with django_assert_max_num_queries(4):
        client.get("/campaigns/")
