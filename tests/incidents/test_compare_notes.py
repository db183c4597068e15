"""What a reader of a comparison is told beside the figures, on full and on light pages."""

import pytest
from django.http import QueryDict

from incidents.compare.comparing import Comparison, answered
from incidents.compare.notes import notes
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/incidents/compare/"


@pytest.fixture
def kenya_and_mali():
    make.published(day="2013-09-21", iso3="KEN")
    make.published(day="2015-04-02", iso3="MLI")


def said(query):
    comparison = Comparison(QueryDict(query))
    return list(notes(comparison, answered(comparison)))


def test_nothing_is_said_where_nothing_needs_saying(kenya_and_mali):
    assert said("a.country=KEN&b.country=MLI") == []
    assert said("from=2013&to=2015-12-31&interval=year&a.country=KEN&b.country=MLI") == []


def test_sides_that_ask_the_same_are_said_to(kenya_and_mali):
    first, *others = said("a.country=KEN&b.country=KEN")

    assert first == "Sides with the same figures: they ask the same question."
    assert "1 incident answers more than one question" in others[0]


@pytest.mark.parametrize(
    ("query", "is_cut"),
    [
        ("a.begun=2013-01-01&a.to=2013-12-31&b.begun=2015-01-01&b.to=2015-12-31", False),
        ("a.begun=2012-08-15&a.to=2013-12-31&b.begun=2015-01-01&b.to=2015-12-31", True),
        ("a.begun=2013-01-01&a.to=2013-12-31&b.begun=2015-01-01&b.to=2015-12-14", True),
    ],
)
def test_periods_that_the_dates_cut_are_said_to_be_shorter(kenya_and_mali, query, is_cut):
    told = [note for note in said(f"interval=month&{query}") if note.startswith("Periods")]

    assert bool(told) is is_cut


def test_a_data_set_that_ends_before_the_drawing_is_said_to():
    make.published(day="2023-12-30", iso3="MLI", dataset="ucdp")
    make.country("NER")
    query = "dataset=ucdp&interval=month&a.country=MLI&b.country=NER"
    late = f"{query}&begun=2023-06-01&to=2024-06-30"

    assert said(f"{query}&begun=2023-06-01&to=2023-12-31") == []
    assert said(late) == [
        "The data set UCDP GED ends on 30 December 2023: what is empty after it is not zero."
    ]


def test_the_notes_stand_on_the_page_and_in_the_picture(client, kenya_and_mali):
    query = "?a.country=KEN&b.country=KEN"

    for address in (PAGE, "/charts/compare.svg"):
        assert "they ask the same question" in client.get(address + query).content.decode()


def test_a_light_page_compares_by_longer_periods_and_says_so(client):
    make.published(day="1998-08-07", iso3="KEN")
    make.published(day="2015-04-02", iso3="MLI")
    query = f"{PAGE}?a.country=KEN&b.country=MLI&interval=week"

    full = client.get(query)
    client.cookies["light"] = "yes"
    light = client.get(query)

    assert len(full.context["rows"]) > 800
    assert full.context["light_note"] == ""
    assert len(light.context["rows"]) * 2 <= 800
    assert "Light pages compare by month here, not by week." in light.content.decode()
    totals = [
        [one.totals.incidents for one in page.context["answer"].series] for page in (full, light)
    ]
    assert totals[0] == totals[1] == [1, 1]


def test_a_day_is_written_as_the_form_says(client):
    page = client.get(PAGE).content.decode()

    assert page.count('aria-describedby="dates-help"') >= 4
    assert 'id="dates-help"' in page


def test_a_phone_and_a_light_page_have_drawings_of_their_own(client, kenya_and_mali):
    query = f"{PAGE}?a.country=KEN&b.country=MLI"
    full = client.get(query).content.decode()
    client.cookies["light"] = "yes"
    light = client.get(query).content.decode()

    assert (full.count('class="chart wide"'), full.count('class="chart narrow"')) == (2, 2)
    assert full.count('viewBox="0 0 350') == light.count('viewBox="0 0 350') == 2
    assert "chart wide" not in light
