"""Public pages of incidents: what readers meet at an address."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from incidents import workflow
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "en"})


def page(rae, which, **more):
    return rae.get(f"/incidents/{which.public_id}/{which.slug}/", **more)


def text(response):
    return " ".join(response.content.decode().split())


def test_a_wrong_slug_and_small_letters_lead_to_the_right_address(rae):
    which = make.published()
    right = f"/incidents/{which.public_id}/{which.slug}/"

    for address in (
        f"/incidents/{which.public_id}/other/",
        f"/incidents/{which.public_id}/",
        f"/incidents/{which.public_id.lower()}/{which.slug}/",
    ):
        answer = rae.get(address)
        assert (answer.status_code, answer.url) == (301, right)


def test_an_unknown_incident_is_not_found(rae):
    assert rae.get("/incidents/0000000000/").status_code == 404


def test_a_withdrawn_incident_leaves_a_trace(rae):
    which = make.published(title="Attack that did not happen")
    workflow.withdraw(which, by=make.rita(), at=timezone.now(), reason="not_confirmed")

    answer = page(rae, which)

    assert answer.status_code == 410
    assert "Could not be confirmed" in text(answer)
    assert "did not happen" not in text(answer)


def test_the_past_is_shown_with_a_banner(rae):
    then = timezone.now() - dt.timedelta(days=10)
    which = make.published(at=then, title="Attack at Kati")
    which.title = "Attack at Kati garrison"
    which.save()
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Place named.")

    moment = (then + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert "garrison" in text(page(rae, which))
    assert "Place named." in text(page(rae, which))
    past = text(page(rae, which, query_params={"as_of": moment}))
    assert "garrison</h1>" not in past
    assert "You are looking at the past." in past
    listed = text(rae.get("/incidents/", query_params={"as_of": moment}))
    assert "You are looking at the past." in listed
    assert "garrison" not in listed


def test_before_its_publication_an_incident_is_not_shown(rae):
    which = make.published()

    answer = page(rae, which, query_params={"as_of": "2001-01-01"})

    assert answer.status_code == 404
    assert "said nothing about this incident" in text(answer)


def test_a_parameter_that_the_page_does_not_know_is_refused(rae):
    assert page(rae, make.published(), query_params={"asof": "2024"}).status_code == 400


def test_a_withheld_incident_shows_country_and_month_only(rae):
    which = make.incident(
        disclosure="country_month",
        iso3="NER",
        place="Agadez",
        day="2025-10-21",
        title="Abduction at Agadez",
        type_code="HOS-KID",
        killed_low=1,
        killed_best=1,
    )
    make.part(which, "issp")
    which = make.through_the_door(which)

    shown = text(rae.get(f"/incidents/{which.public_id}/", follow=True))

    assert "Details are withheld" in shown
    assert "In October 2025" in shown
    for hidden in ("Agadez", "21 October", "ISSP", "issp"):
        assert hidden not in shown


def test_data_sets_are_totalled_apart(rae):
    make.published(killed_low=3, killed_best=3, killed_high=3)
    make.published(dataset="ucdp", killed_low=4, killed_best=4, killed_high=4)

    shown = text(rae.get("/incidents/"))

    assert "In the data set Vigil" in shown
    assert "In the data set UCDP GED" in shown
    assert "must not be added" in shown
    assert ">7<" not in shown.replace(" ", "")
    assert "1 more record" in text(rae.get("/"))


def test_a_question_that_is_not_understood_prints_no_figure(rae):
    make.published(killed_low=3, killed_best=3, killed_high=3)

    answer = rae.get("/incidents/?country=MLI&killed_min=lots")

    assert answer.status_code == 400
    assert "Killed, at least" in text(answer)
    assert 'class="stats"' not in text(answer)


def test_empty_fields_of_the_form_leave_the_address(rae):
    answer = rae.get("/incidents/?country=&q=kati&from=")

    assert answer.url == "/incidents/?q=kati"


def test_a_partial_answer_pushes_the_canonical_address(rae):
    make.published()

    answer = rae.get("/incidents/?from=2022&country=MLI&q=", headers={"hx-request": "true"})

    assert answer["HX-Push-Url"] == "/incidents/?country=MLI&from=2022"
    assert "<html" not in text(answer)
    assert "HX-Request" in answer["Vary"]


def test_pages_of_a_list_follow_each_other(rae):
    for day in ("2022-07-21", "2022-07-22", "2022-07-23"):
        make.published(day=day, title=f"Attack on {day}")

    first = rae.get("/incidents/?limit=2")
    address = first.context["next"]
    second = rae.get(f"/incidents/{address}")

    assert "Attack on 2022-07-21" not in text(first)
    assert "Attack on 2022-07-21" in text(second)
    assert "limit=2" in second.context["previous"]


def test_search_finds_an_actor_by_any_name_and_an_incident_by_its_words(rae):
    make.alias(make.actor("ansar-dine", name="Ansar Dine"), "Ançar Dine", "fr")
    make.published(title="Attack at Kati")

    assert "/actors/ansar-dine/" in text(rae.get("/search/?q=ANSAR DINE"))
    assert "Attack at <mark>Kati</mark>" in text(rae.get("/search/?q=kati"))
    assert "Nothing was found" in text(rae.get("/search/?q=zzzzzz"))


def test_health_names_the_services(rae):
    assert rae.get("/healthz").json() == {"database": True, "broker": True}


@pytest.mark.parametrize("address", ["/", "/incidents/", "/methods/", "/components/", "/search/"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_speaks_the_language_that_is_asked(address, language):
    answer = Client(headers={"accept-language": language}).get(address)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in text(answer)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
