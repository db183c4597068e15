"""What the explorer refuses: as the API does, naming parameter, value and remedy to the reader."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests import make

pytestmark = pytest.mark.django_db
BAD = (
    ("country=XXX", "country", "XXX"),
    ("country=MLI,-NER", "country", "MLI,-NER"),
    ("from=2023&to=2022", "to", "2022"),
    ("from=2022&from=2023", "from", "2022,2023"),
    ("as_of=2099-01-01", "as_of", "2099-01-01"),
    ("killed_min=5&killed_max=2", "killed_max", "2"),
    ("bbox=170,-10,-170,10", "bbox", "170,-10,-170,10"),
    ("role=perpetrator", "role", "perpetrator"),
    ("cursor=abc", "cursor", "abc"),
    ("colour=<b>red</b>", "colour", "<b>red</b>"),
    ("q=" + "x" * 201, "q", "x" * 79),
)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("query", "parameter", "value"), BAD)
def test_the_page_names_parameter_value_and_remedy_as_the_api_does(
    query, parameter, value, language
):
    make.country("MLI")
    make.country("NER")
    rae = Client(headers={"accept-language": language})

    api = rae.get(f"/api/v1/incidents/?{query}")
    page = rae.get(f"/incidents/?{query}")

    assert (api.status_code, page.status_code) == (400, 400)
    (refusal,) = api.json()["errors"]
    assert refusal["parameter"] == parameter
    html = page.content.decode()
    assert f"<code>{parameter}={escape(value)}" in html
    # Unknown parameters are listed with those of the address itself.
    if parameter != "colour":
        assert escape(refusal["detail"]) in html


def test_a_panel_by_itself_names_the_value_too():
    make.country("MLI")

    page = Client().get("/incidents/map/?country=XXX")

    assert page.status_code == 400
    assert b"<code>country=XXX</code>" in page.content


def test_the_page_of_an_incident_refuses_the_moments_that_the_api_refuses():
    which = make.published()
    now = timezone.now()
    # Later on this day, unless it is about to end.
    later = (now + dt.timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    tomorrow = f"{now + dt.timedelta(days=1):%Y-%m-%d}"
    today = f"{now:%Y-%m-%d}"
    rae = Client()

    for moment, status in ((later, 400), (tomorrow, 400), (today, 200), ("soon", 400)):
        for address in (f"/incidents/{which.public_id}/{which.slug}/",
                        f"/incidents/{which.public_id}/cite.ris",
                        f"/api/v1/incidents/{which.public_id}/"):  # fmt: skip
            assert rae.get(address, {"as_of": moment}).status_code == status, (address, moment)


@pytest.mark.parametrize(("wrong", "right"), [("stak=group", "stack"), ("contry=MLI", "country")])
def test_the_page_knows_its_own_parameters_when_it_guesses_what_was_meant(wrong, right):
    page = Client(headers={"accept-language": "en"}).get(f"/incidents/?{wrong}")

    assert page.status_code == 400
    assert f"Did you mean {right}?" in page.content.decode()
