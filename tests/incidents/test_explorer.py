"""The explorer's panel and address: one address is one view, no choice is lost or misread."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from incidents.explorer.asking import Asked, tidied
from incidents.explorer.panel import presets
from incidents.presentation import (
    BASELINES,
    COLUMNS,
    INTERVALS,
    LANES,
    LAYERS,
    MEASURES,
    STACKS,
    VIEWS,
    Presentation,
)
from tests import make
from tests.incidents.exploring import counts, facet, text, three_attacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def three():
    return three_attacks()


def asked(query):
    return Asked.of(QueryDict(query))


def test_a_facet_counts_what_one_would_see_with_another_of_its_values(rae, three):
    page = rae.get("/incidents/?country=MLI")

    assert counts(page, "country") == {"Mali": 2, "Kenya": 1}
    assert counts(page, "actor") == {"JNIM": 2}
    assert text(page).count("Attack of") == 2


def test_several_values_of_a_facet_are_any_of_them(rae, three):
    page = rae.get("/incidents/?country=MLI&country=KEN&q=")

    assert page.url == "/incidents/?country=MLI&country=KEN"
    page = rae.get(page.url)
    assert page.context["answer"].count == 3
    assert [chip.label for chip in page.context["chips"]] == ["Country: Mali", "Country: Kenya"]


def test_a_value_can_be_left_out_and_the_choice_turned_round(rae, three):
    mali = facet(rae.get("/incidents/"), "country").choices[0]

    without = rae.get(f"/incidents/?{mali.left_out}")

    assert without.context["answer"].count == 1
    assert "not in Mali" in text(without)
    assert facet(without, "country").is_excluding
    assert facet(without, "country").choices[0].sent == "-MLI"
    turned = rae.get(f"/incidents/?{facet(without, 'country').turned}")
    assert turned.context["answer"].count == 2


def test_any_of_and_none_of_cannot_be_mixed(rae, three):
    page = rae.get("/incidents/?country=MLI,-KEN")

    assert page.status_code == 400
    assert "before every term" in text(page)


def test_a_chosen_value_stays_in_sight_where_no_incident_has_it(rae, three):
    make.country("MOZ")

    page = rae.get("/incidents/?country=MOZ")

    assert counts(page, "country")["Mozambique"] == 0
    assert facet(page, "country").choices[0].is_chosen


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("view=table", "Choose from: all, timeline, map, list"),
        ("interval=decade", "Choose from: day, week, month, quarter, year"),
        ("stack=weather", "not known"),
        ("columns=place,mood", "mood: not known"),
        ("by_day=yes", "neither true nor false"),
        ("open=12", "ids have ten letters and digits"),
        ("lane=actor", "no such parameter"),
    ],
)
def test_a_presentation_that_is_not_understood_is_refused(rae, three, query, remedy):
    page = rae.get(f"/incidents/?{query}")

    assert page.status_code == 400
    assert remedy in text(page)
    assert page.context["panel"].facets[0].choices == []
    assert "answer" not in page.context


def test_the_panel_prints_no_number_where_the_question_was_not_understood(rae, three):
    page = rae.get("/incidents/?country=MLI&killed_min=many")

    assert [choice.incidents for choice in facet(page, "country").choices] == [None]
    assert 'class="n"' not in page.content.decode()


def test_the_manual_names_every_parameter_of_the_presentation_and_its_words():
    manual = (settings.BASE_DIR / "docs" / "explorer.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \| .* \|$", manual, re.MULTILINE))

    assert rows.keys() == Presentation.base_filters.keys()
    for words, name in (
        (VIEWS, "view"), (INTERVALS, "interval"), (STACKS, "stack"), (LANES, "lanes"),
        (LAYERS, "layer"), (MEASURES, "measure"), (BASELINES, "baseline"), (COLUMNS, "columns"),
    ):  # fmt: skip
        assert tuple(re.findall(r"`(\w+)`", rows[name])) == words


def test_the_address_keeps_the_presentation_and_leaves_out_what_is_usual():
    view = asked(
        "view=list&stack=none&by_day=true&columns=sources,killed,place,actors&cursor=&to=2022"
    )

    assert view.query() == "by_day=true&to=2022&view=list"
    assert view.query(view=None) == "by_day=true&to=2022"


def test_an_actor_that_goes_takes_its_role_and_its_lineage_along():
    make.actor("jnim")

    view = asked("actor=jnim&role=perpetrator&lineage=true&view=map")

    assert view.query(actor=None) == "view=map"


def test_chips_keep_the_view_and_the_last_actor_takes_its_role_along(rae, three):
    page = rae.get("/incidents/?actor=jnim&role=perpetrator&view=list")

    queries = {chip.label: chip.query for chip in page.context["chips"]}

    assert queries["Actor: JNIM"] == "view=list"
    assert queries["Role of the actor: perpetrator"] == "actor=jnim&view=list"


def test_a_plain_form_without_an_actor_sends_no_role():
    assert tidied(QueryDict("q=&role=perpetrator&lineage=true&to=2022")).urlencode() == "to=2022"
    assert "role" in tidied(QueryDict("q=&actor=jnim&role=perpetrator"))


def test_an_address_with_a_role_of_nobody_is_refused(rae):
    assert rae.get("/incidents/?role=perpetrator").status_code == 400


def test_presets_end_today_and_know_when_they_are_chosen():
    today = dt.date(2026, 3, 1)

    labels = {one.label: one for one in presets(asked("from=2026-01-31"), today)}

    assert labels["30 days"].is_chosen
    assert labels["2025"].query == "from=2025&to=2025"
    assert labels["all"].query == ""


def test_bands_of_deaths_are_counted_and_lead_to_their_bounds(rae):
    for killed in (0, 3, 120):
        make.published(killed_low=killed, killed_best=killed, killed_high=killed)

    page = rae.get("/incidents/")

    bands = {band.label: (band.incidents, band.query) for band in page.context["panel"].bands}
    assert bands["0"] == (1, "killed_max=0&killed_min=0")
    assert bands["1–4"] == (1, "killed_max=4&killed_min=1")
    assert bands["100 or more"] == (1, "killed_min=100")


def test_all_values_of_a_facet_are_found_by_any_name_of_an_actor(rae, three):
    make.alias(make.actor("jnim"), "Jama’at Nusrat al-Islam")

    found = rae.get("/incidents/facets/actor/?find=NUSRAT")

    assert [choice.label for choice in found.context["facet"].choices] == ["JNIM"]
    by_own = rae.get("/incidents/facets/actor/?find=shabaab")
    assert [choice.label for choice in by_own.context["facet"].choices] == ["AL-SHABAAB"]


def test_the_page_of_a_facet_keeps_the_question(rae, three):
    page = rae.get("/incidents/facets/actor/?country=MLI&view=list")

    assert "in Mali" in text(page)
    assert ("country", "MLI") in page.context["kept_without"]
    assert ("view", "list") in page.context["kept_without"]


def test_a_facet_is_found_among_the_facets_only_and_refuses_what_the_page_refuses(rae):
    assert rae.get("/incidents/facets/mood/").status_code == 404
    assert rae.get("/incidents/facets/actor/?country=XXX").status_code == 400
