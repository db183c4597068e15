"""Two questions side by side: what is asked, what is counted, what is refused."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from core.questions import ParametersRefused
from incidents import workflow
from incidents.compare import comparing
from incidents.compare.comparing import Comparison, answered
from incidents.takeaway import kinds
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/incidents/compare/"
KENYA_AND_SOMALIA = "actor=al-shabaab&interval=year&a.country=KEN&b.country=SOM"


def published(day, iso3, killed=1, actor="al-shabaab", **more):
    made = make.incident(
        day=day, iso3=iso3, killed_low=killed, killed_best=killed, killed_high=killed, **more
    )
    make.part(made, actor)
    return make.through_the_door(made)


@pytest.fixture
def two_countries():
    published("2013-09-21", "KEN", killed=67)
    published("2015-04-02", "KEN", killed=148)
    published("2017-10-14", "SOM", killed=587)
    published("2017-01-25", "SOM", killed=28)
    published("2017-03-01", "SOM", killed=5, actor="is-somalia")


def asked(query):
    return Comparison(QueryDict(query))


def counts(query):
    """Side -> {first day of the period: (incidents, best)} of every period that was asked."""
    answer = answered(asked(query))
    return [
        {g.key.isoformat(): (g.incidents, g.killed.best) for g in one.groups if g}
        for one in answer.series
    ]


def refused(query):
    return {one.parameter: one.detail for one in asked(query).refusals}


def test_each_side_asks_the_shared_question_and_its_own(two_countries):
    kenya, somalia = counts(KENYA_AND_SOMALIA)

    assert kenya == {
        "2013-01-01": (1, 67), "2014-01-01": (0, 0), "2015-01-01": (1, 148),
        "2016-01-01": (0, 0), "2017-01-01": (0, 0),
    }  # fmt: skip
    assert somalia["2017-01-01"] == (2, 615)
    assert kenya.keys() == somalia.keys()


def test_what_sets_the_sides_apart_is_the_title_and_the_rest_the_sentence(two_countries):
    comparison = asked(KENYA_AND_SOMALIA)

    assert comparison.title == "Kenya against Somalia"
    assert "Kenya" not in comparison.sentence()
    assert "AL-SHABAAB" in comparison.sentence()


def test_a_parameter_of_one_side_replaces_the_shared_one(two_countries):
    kenya, both = counts("country=KEN,SOM&interval=year&a.country=KEN&b.actor=al-shabaab")

    assert sum(n for n, _ in kenya.values()) == 2
    assert sum(n for n, _ in both.values()) == 4


def test_periods_outside_the_dates_of_a_side_are_not_asked_rather_than_zero(two_countries):
    query = "interval=year&axis=calendar&a.to=2014-12-31&b.begun=2015-01-01"
    before, after = counts(query)

    assert list(before) == ["2013-01-01", "2014-01-01"]
    assert min(after) == "2015-01-01"


def test_questions_with_different_dates_start_at_the_same_place():
    published("2024-02-10", "MLI")
    published("2025-03-10", "MLI")
    answer = answered(
        asked("interval=month&a.from=2024-01-01&a.to=2024-06-30&b.from=2025-01-01&b.to=2025-06-30")
    )

    assert answer.axis == "start"
    assert [len(one.groups) for one in answer.series] == [6, 6]
    assert [[g.incidents for g in one.groups] for one in answer.series] == [
        [0, 1, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
    ]


def test_the_body_is_that_of_the_day_on_both_sides():
    ecowas = make.body("ecowas")
    make.membership(ecowas, "NER", "1975-05-28", "2025-01-28")
    make.membership(ecowas, "NGA", "1975-05-28")
    for day, iso3 in (("2024-02-10", "NER"), ("2025-02-10", "NER"), ("2025-02-11", "NGA")):
        published(day, iso3)
    before, after = counts(
        "body=ecowas&interval=year&a.begun=2024&a.to=2024-06-30&b.begun=2025&b.to=2025-06-30"
    )

    assert (before["2024-01-01"][0], after["2025-01-01"][0]) == (1, 1)


def test_a_day_divides_a_country_into_before_and_after_of_equal_length(client):
    answer = client.get(PAGE, {"country": "MLI", "split": "2022-08-15", "months": "12"})

    assert answer.status_code == 302
    assert QueryDict(urlsplit(answer.url).query).dict() == {
        "country": "MLI",
        "a.begun": "2021-08-15", "a.to": "2022-08-14",
        "b.begun": "2022-08-15", "b.to": "2023-08-14",
    }  # fmt: skip


def test_an_incident_over_the_dividing_day_counts_once_by_its_first_day():
    published("2022-08-14", "MLI", date_end="2022-08-16", is_multiday=True)
    parameters = comparing.before_and_after(timezone.datetime(2022, 8, 15).date(), 12)
    query = QueryDict(mutable=True)
    query.update(parameters)

    assert [one.totals.incidents for one in answered(Comparison(query)).series] == [1, 0]


def test_incidents_that_answer_both_questions_are_said():
    both = make.incident()
    make.part(both, "jnim", role="party")
    make.part(both, "isgs", role="party")
    make.through_the_door(both)
    published("2022-07-23", "MLI", actor="jnim")
    answer = answered(asked("a.actor=jnim&b.actor=isgs"))

    assert [one.totals.incidents for one in answer.series] == [2, 1]
    assert answer.in_several == 1


@pytest.mark.parametrize(
    ("query", "parameter", "remedy"),
    [
        ("a.country=MLI", "b.", "needs two questions"),
        ("a.country=XXX&b.country=MLI", "a.country", "XXX"),
        ("a.colour=red&b.country=MLI", "a.colour", "no such parameter"),
        ("e.country=MLI&a.country=MLI", "e.country", "a, b, c, d"),
        ("a.interval=day&a.country=MLI&b.country=NER", "a.interval", "without a letter"),
        ("interval=hour&a.country=MLI&b.country=NER", "interval", "Choose from"),
        ("country=XXX&a.to=2020&b.begun=2021", "country", "XXX"),
    ],
)
def test_what_is_not_understood_is_named_with_its_side(client, query, parameter, remedy):
    make.country("MLI")
    make.country("NER")
    page = client.get(f"{PAGE}?{query}")

    assert remedy in refused(query)[parameter]
    assert page.status_code == 400
    assert f"<code>{parameter}" in page.content.decode()
    assert "<svg" not in page.content.decode()
    assert client.get(f"/charts/compare.csv?{query}").status_code == 400


def test_more_periods_than_can_be_drawn_are_refused_with_a_wider_interval():
    published("1998-08-07", "KEN")
    published("2025-08-07", "KEN")

    with pytest.raises(ParametersRefused, match="at most 1,000: choose month"):
        answered(asked("interval=day&a.country=KEN&b.actor=al-shabaab"))


def test_data_sets_are_never_drawn_as_one(client):
    published("2022-07-22", "MLI", killed=3)
    published("2022-07-23", "MLI", killed=5, dataset="ucdp")
    published("2022-07-24", "NER", killed=7)
    query = "a.country=MLI&b.country=NER"
    page = client.get(f"{PAGE}?{query}")

    assert "Choose a data set" in page.content.decode()
    assert "<svg" not in page.content.decode()
    assert client.get(f"/charts/compare.png?{query}").status_code == 400
    assert client.get(f"/charts/compare.csv?{query}&dataset=vigil").status_code == 200
    sides = counts("interval=year&country=MLI&a.dataset=vigil&b.dataset=ucdp")
    assert [side["2022-01-01"] for side in sides] == [(1, 3), (1, 5)]


def test_page_drawing_table_file_and_api_say_the_same(client, two_countries):
    page = client.get(f"{PAGE}?{KENYA_AND_SOMALIA}")
    answer, chart = page.context["answer"], page.context["chart"]
    rows = list(csv.DictReader(io.StringIO(_text(client, "csv"))))

    for letter, side, one, panel in zip(
        "ab", page.context["comparison"].sides, answer.series, chart.panels, strict=True
    ):
        api = client.get(f"/api/v1/incidents/timeline/?{side.question.as_query()}&interval=year")
        facets = client.get(f"/api/v1/incidents/facets/?{side.question.as_query()}").json()
        expected = {
            r["start"]: (r["incidents"], r["killed"]["low"], r["killed"]["best"])
            for r in api.json()["results"]
        }
        in_file = {
            r["period_start"]: (int(r["incidents"]), int(r["killed_low"]), int(r["killed_best"]))
            for r in rows
            if r["side"] == letter and r["incidents"] != "0"
        }
        drawn = {
            bar.key.isoformat(): (bar.incidents, bar.killed.low, bar.killed.best)
            for bar in panel.drawing.bars
            if bar.incidents
        }
        assert expected == in_file == drawn
        assert expected
        assert facets["count"] == one.totals.incidents == sum(n for n, *_ in expected.values())
        assert f"{one.totals.incidents} incidents" in _text(client, "svg")


def _text(client, form):
    return client.get(f"/charts/compare.{form}?{KENYA_AND_SOMALIA}").content.decode()


def test_the_permanent_link_keeps_its_figures_after_a_correction(client, two_countries):
    before = client.get(f"{PAGE}?{KENYA_AND_SOMALIA}")
    link = urlsplit(before.context["address"])
    published("2016-01-15", "KEN", killed=200)

    now, kept = client.get(f"{PAGE}?{KENYA_AND_SOMALIA}"), client.get(f"{PAGE}?{link.query}")

    assert "as_of=" in link.query
    assert now.context["answer"].series[0].totals.incidents == 3
    assert [one.totals for one in kept.context["answer"].series] == [
        one.totals for one in before.context["answer"].series
    ]
    assert [one.groups for one in kept.context["answer"].series] == [
        one.groups for one in before.context["answer"].series
    ]
    assert "You are looking at the past" in kept.content.decode()


def test_nothing_unpublished_stands_on_a_side(client, two_countries):
    draft = make.incident(day="2014-06-15", iso3="KEN", killed_low=9, killed_best=9, killed_high=9)
    make.part(draft, "al-shabaab")
    withdrawn = published("2014-06-16", "KEN", killed=8)
    workflow.withdraw(withdrawn, by=make.rita(), at=timezone.now(), reason="error")

    kenya, _somalia = counts(KENYA_AND_SOMALIA)

    assert kenya["2014-01-01"] == (0, 0)


def test_the_form_without_a_question_asks_and_counts_nothing(client):
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "answer" not in page.context
    names = set(re.findall(r'name="([^"]+)"', page.content.decode()))
    assert {"a.country", "b.country", "actor", "split", "interval"} <= names


def test_what_the_form_sends_becomes_the_shortest_address(client):
    sent = client.get(PAGE, {"actor": "", "a.country": "KEN", "b.country": "SOM", "c.country": ""})

    assert sent.status_code == 302
    assert sent.url == f"{PAGE}?a.country=KEN&b.country=SOM"


def test_the_form_keeps_what_was_asked_and_offers_one_more_side(client, two_countries):
    page = client.get(f"{PAGE}?{KENYA_AND_SOMALIA}&weapon=small_arms").content.decode()

    assert re.search(r'<option value="KEN"\s+selected>', page)
    assert 'name="c.country"' in page
    assert 'name="d.country"' not in page
    assert 'value="small_arms"' in page


def test_every_kind_of_chart_is_reached_by_its_address():
    assert set(kinds.KINDS) == {
        "timeline", "breakdown", "compare", "map", "lanes", "members", "relations", "phases",
    }  # fmt: skip
    assert reverse("incidents:chart", args=["compare", "svg"]) == "/charts/compare.svg"
