"""Small ways in which something withheld could show: ties, figures, numbers, what was removed."""

import base64
import json

import pytest
from django.test import Client

from incidents.models import HarmEstimate, HostageCase, Incident, PublishedIncident
from sources.models import Document
from tests import make

pytestmark = pytest.mark.django_db


def told(incident: Incident) -> dict:
    return PublishedIncident.objects.current().get(public_id=incident.public_id).payload


def combined(*covered: Incident) -> HarmEstimate:
    """A preferred toll of one source that covers several incidents."""
    campaign = make.campaign("wave")
    toll = HarmEstimate.objects.create(
        campaign=campaign, harm="killed", low=3, best=3, as_of="2022-07-22", is_preferred=True,
        citation=make.citation(campaign),
    )  # fmt: skip
    toll.covers.set(covered)
    return toll


def test_a_combined_toll_is_not_told_where_it_covers_an_open_hostage_case():
    shown, held = make.incident(), make.incident(type_code="HOS-KID")
    HostageCase.objects.create(incident=held, persons=1, status="held")
    combined(shown, held)
    make.through_the_door(held)

    payload = told(make.through_the_door(shown))

    assert payload["combined_toll"] is None
    assert held.public_id not in json.dumps(payload)


def test_a_figure_does_not_name_the_withheld_incidents_that_it_covers():
    shown, held = make.incident(), make.incident(type_code="HOS-KID")
    HostageCase.objects.create(incident=held, persons=1, status="held")
    make.estimate(shown, is_preferred=True).covers.set([shown, held])
    make.through_the_door(held)

    [figure] = told(make.through_the_door(shown))["estimates"]

    assert figure["covers"] == [shown.public_id]


def test_a_figure_of_an_anonymous_source_does_not_name_it():
    incident = make.incident()
    make.document("anon", title="Interview with a nurse", protection="anonymous")
    make.estimate(incident, source="anon")

    [figure] = told(make.through_the_door(incident))["estimates"]

    assert (figure["source_title"], figure["publisher"]) == ("", "")


def test_how_deaths_were_counted_is_withheld_with_the_deaths():
    held = make.incident(killed_best=4, killed_low=4, killed_scope="all_parties")
    HostageCase.objects.create(incident=held, persons=1, status="held")

    payload = told(make.through_the_door(held))

    assert payload["harm"]["killed"]["scope"] == "excl_attackers"
    row = PublishedIncident.objects.current().get(public_id=held.public_id)
    assert row.killed_scope == "excl_attackers"


def test_a_document_whose_last_citation_was_taken_away_is_not_told_of():
    held = make.incident(disclosure="country_month")
    document = make.document("tip-off", is_manual=False)
    make.citation(held, "tip-off").delete()

    listed = Client().get("/sources/").context["documents"]

    assert document not in list(listed)
    assert Client().get("/sources/tip-off/").status_code == 404


def test_a_citation_that_a_draft_has_taken_away_stays_in_public():
    incident = make.incident()
    make.citation(incident, "wire-2")
    make.through_the_door(incident)
    incident.citations.filter(document__slug="wire-2").delete()
    Document.objects.update(is_manual=False)

    assert Client().get("/sources/wire-2/").status_code == 200


@pytest.mark.parametrize("noun", ["actors", "campaigns", "missions", "bodies", "sources", "areas"])
def test_a_place_in_a_list_holds_no_internal_number(noun):
    """Numbers with gaps would count what is hidden between them."""
    for number in range(3):
        make.citation(make.actor(f"actor-{number}"), f"document-{number}")
        make.campaign(f"campaign-{number}")
        make.body(f"body-{number}")

    page = Client().get(f"/api/v1/{noun}/?limit=1").json()

    if page["next"]:
        cursor = page["next"].rpartition("cursor=")[2].partition("&")[0]
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        keys = parts[2:]
        assert [key for key in keys if isinstance(key, int) and key > 10] == []
        assert isinstance(keys[-1], str)


def test_an_actor_that_only_a_draft_names_is_told_of_once_it_is_published():
    draft = make.incident()
    make.actor("new-front", created_by=make.ed())
    make.part(draft, "new-front")
    addresses = ["/actors/new-front/", "/api/v1/actors/new-front/"]
    before = [Client().get(address).status_code for address in addresses]
    before.append(Client().get("/api/v1/incidents/?actor=new-front").status_code)

    make.through_the_door(draft)

    after = [Client().get(address).status_code for address in addresses]
    assert before == [404, 404, 400]
    assert after == [200, 200]
