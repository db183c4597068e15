"""Every figure of three reports, computed anew from what the public API lists for it.

The sums are those of the domain reference (B6), written here a second time on purpose.
"""

import datetime as dt
from collections import defaultdict

import pytest

from reports.choices import Cadence
from reports.periods import Period
from reports.schedules import starting
from reports.schedules.starting import Wanted
from tests.reports.conftest import built, data, planned, table
from tests.seeded import seeded_database

pytestmark = pytest.mark.django_db

HARMS = ("killed", "wounded", "abducted", "displaced", "attackers_killed")
BOUNDS = ("low", "best", "high", "is_minimum", "missing")
WANTED = {
    "Mali in July 2022": (Wanted("MLI", "en"), "2022-07"),
    "the continent in a fortnight": (
        Wanted("africa", "fr", Cadence.FORTNIGHTLY),
        "2022-07-H2",
    ),
    "the fuel blockade": (Wanted("MLI", "en", campaign="mali-fuel-blockade-2025"), "2025-09"),
    # Hostage-taking whose end is known, and populations that a source tells apart.
    "ECOWAS in a year": (Wanted("ecowas", "en", Cadence.YEARLY), "2015"),
}


@pytest.fixture(scope="module")
def reports(django_db_setup, django_db_blocker):
    with seeded_database(django_db_blocker):
        made = {}
        for name, (wanted, period) in WANTED.items():
            first = dt.date(2000, 1, 1)
            one, _is_new = starting.ensure(wanted, starts_on=first, is_active=False)
            made[name] = built(planned(one, Period.parse(period)))
        yield made


@pytest.fixture(params=WANTED)
def report(reports, request):
    return reports[request.param]


def listed(client, query):
    """Every incident that the API lists for a figure, page by page, and its own count."""
    rows, address, count = [], f"{query}&limit=1000", None
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.content[:500])
        page = answer.json()
        rows += page["results"]
        count, address = page["count"], page["next"]
    return rows, count


def shares(rows, harm):
    """The figures to be added: a toll over several listed incidents stands for their own."""
    if harm != "killed":
        return [row["harm"][harm] for row in rows]
    ids = {row["id"] for row in rows}
    tolls = defaultdict(list)
    for row in rows:
        toll = row["combined_toll"]
        if toll and set(toll["covers"]) <= ids:
            tolls[tuple(toll["covers"])].append(row)
    covered = {row["id"] for several in tolls.values() for row in several}
    own = [row["harm"]["killed"] for row in rows if row["id"] not in covered]
    return own + [several[0]["combined_toll"] for several in tolls.values()]


def added(figures):
    """Low, best and high of several figures, by B6."""
    known = [f for f in figures if (f["low"], f["best"], f["high"]) != (None, None, None)]
    return {
        "low": sum(f["low"] or 0 for f in figures),
        "best": sum((f["low"] if f["best"] is None else f["best"]) or 0 for f in figures),
        "high": None if any(f["high"] is None for f in figures) else sum(
            f["high"] for f in figures
        ),
        "is_minimum": any(f["best"] is None and f["low"] is not None for f in figures),
        "missing": len(figures) - len(known),
    }  # fmt: skip


def bounds(figure):
    return {name: figure[name] for name in BOUNDS}


def incident_items(report):
    return report.items.filter(query__startswith="/api/v1/incidents/?")


def test_each_figure_rests_on_the_rows_that_its_query_lists(client, report):
    for item in incident_items(report):
        rows, count = listed(client, item.query)

        assert sorted([row["id"], row["version"]] for row in rows) == sorted(item.rows), item.key
        assert count == len(item.rows), item.key
        assert "as_of=" in item.query


def test_each_number_of_incidents_is_that_of_the_api(client, report):
    counted = 0
    for item in incident_items(report):
        for name in ("count", "incidents", "recorded"):
            if name in item.figure:
                assert item.figure[name] == len(listed(client, item.query)[0]), item.key
                counted += 1
    assert counted > 25


def test_each_sum_of_people_is_that_of_the_listed_incidents(client, report):
    checked = 0
    for item in incident_items(report).exclude(key__startswith="victims."):
        rows, _count = listed(client, item.query)
        for harm in HARMS:
            if harm in item.figure:
                assert bounds(item.figure[harm]) == added(shares(rows, harm)), item.key
                checked += 1
        if "low" in item.figure:
            harm = item.key.rpartition(".")[2]
            assert bounds(item.figure) == added(shares(rows, harm)), item.key
            checked += 1
    assert checked > 30


def estimated(row, *populations):
    """What sources say of an incident's deaths in each population, where it is unambiguous."""
    found = []
    for population in populations:
        said = [
            one for one in row["estimates"]
            if (one["harm"], one["population"], one["measure"]) == ("killed", population, "count")
            and not one["is_self_interested"] and not one["covers"]
        ]  # fmt: skip
        said = [one for one in said if one["is_preferred"]] or said
        found += said if len(said) == 1 else []
    return found


POPULATIONS = {
    "victims.civilians": ("civilians",),
    "victims.security_forces": ("security_forces",),
    "victims.sides": ("side_a", "side_b"),
}


def test_populations_are_those_that_the_listed_estimates_tell(client, report):
    items = {item.key: item for item in report.items.filter(key__startswith="victims.")}
    apart = 0
    for key, populations in POPULATIONS.items():
        if key not in items:
            continue
        rows, _count = listed(client, items[key].query)
        telling = [said for row in rows if (said := estimated(row, *populations))]
        figures = [figure for said in telling for figure in said]
        assert items[key].figure["told"] == len(telling)
        if figures:
            assert bounds(items[key].figure["killed"]) == added(figures)
        apart += added(figures)["best"]
    rows, _count = listed(client, items["victims.rest"].query)
    rest = max(added(shares(rows, "killed"))["best"] - apart, 0)
    assert items["victims.rest"].figure["killed_best"] == rest


def test_cases_of_kidnapping_are_those_that_the_listed_incidents_tell(client, report):
    items = {item.key: item for item in report.items.filter(key__startswith="kidnappings.")}
    rows, _count = listed(client, report.items.get(key="kidnappings").query)

    def outcomes(row):
        told = {one["outcome"] for one in row["hostages"]}
        return told or {"open" if row["is_withheld"] else "untold"}

    for outcome in ("released", "rescued", "escaped", "killed", "open", "untold"):
        cases = [row for row in rows if outcome in outcomes(row)]
        persons = [
            one["persons"] for row in cases for one in row["hostages"] if one["outcome"] == outcome
        ]
        item = items.get(f"kidnappings.{outcome}")
        assert (item.figure["cases"] if item else 0) == len(cases)
        if item:
            assert item.figure["persons"] == sum(number or 0 for number in persons)


def test_the_days_of_a_condition_are_counted_from_its_first_day(client, report):
    for item in report.items.filter(figure__has_key="days_in_force"):
        told = client.get(item.query).json()
        last = min(dt.date.fromisoformat(told["ends_on"] or "9999-01-01"), report.period_end)

        days = (last - dt.date.fromisoformat(told["starts_on"])).days
        assert item.figure["days_in_force"] == days


def test_every_other_address_of_a_figure_answers(client, report):
    for query in set(report.items.values_list("query", flat=True)):
        assert client.get(query).status_code == 200, query


@pytest.mark.parametrize(
    ("facet", "section"),
    [("target", "targets"), ("weapon", "weapons"), ("type", "types"),
     ("attribution", "attributions")],
)  # fmt: skip
def test_breakdowns_are_the_facets_of_the_api(client, reports, facet, section):
    report = reports["Mali in July 2022"]
    query = data(report, "totals")["incidents"]["query"]

    facets = client.get(query.replace("/incidents/?", "/incidents/facets/?")).json()["facets"]

    expected = {value["value"]: value["incidents"] for value in facets[facet]}
    assert {row["code"]: row["incidents"] for row in data(report, section)["rows"]} == expected


def test_the_trend_is_the_timeline_of_the_api(client, reports):
    report = reports["Mali in July 2022"]
    query = data(report, "totals")["incidents"]["query"].replace(
        "begun=2022-07-01", "begun=2021-08-01"
    )

    told = client.get(query.replace("/incidents/?", "/incidents/timeline/?interval=month&")).json()

    expected = {row["start"][:7]: row["incidents"] for row in told["results"]}
    trend = {row["period"]: row["incidents"] for row in data(report, "trend")["periods"]}
    assert {month: number for month, number in trend.items() if number} == expected


def test_the_three_reports_say_what_the_seed_holds(reports):
    july = reports["Mali in July 2022"]
    blockade = reports["the fuel blockade"]

    assert data(july, "totals")["incidents"]["count"] == 10
    assert data(july, "totals")["killed"]["best"] == 22
    assert data(blockade, "totals")["abducted"]["best"] == 6
    outcomes = {row["outcome"]["text"]: row["cases"]["value"] for row in table(
        blockade, "kidnapping_outcomes"
    )}  # fmt: skip
    assert outcomes == {"released": 1}
