"""The columns say what SQL says, whatever is asked: `incidents.rollups` is the definition."""

import datetime as dt

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.parameters import Terms
from incidents import rollups
from incidents.choices import Role
from incidents.columns import FacetValue, select
from incidents.columns.conditions import TERMS
from incidents.columns.counts import KILLED
from incidents.filters import ORDERINGS, IncidentFilter
from incidents.questions import IncidentQuestion
from tests.incidents import varied

pytestmark = pytest.mark.django_db
PLAIN = ("country", "region", "area", "type", "group", "attribution", "dataset", "clarity",
         "date_precision")  # fmt: skip
LISTS = ("actors", "targets", "weapons", "tactics", "campaigns", "bodies", "actor_roles")
NOW = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
# Of each kind, what may be asked; a plus is replaced by nothing or by a minus sign.
WORDS = {
    "country": varied.COUNTRIES,
    "area": ("mli-gao", "ner-tillaberi"),
    "region": ("western", "eastern", "northern"),
    "body": ("ecowas", "eac"),
    "type": varied.TYPES,
    "group": ("armed_assault", "explosion", "property"),
    "target": varied.TARGETS,
    "weapon": varied.WEAPONS,
    "tactic": varied.TACTICS,
    "precision": ("day", "month", "week"),
    "campaign": ("wave", "siege"),
    "attribution": ("confirmed", "suspected"),
    "dataset": ("vigil", "ucdp"),
    "actor": varied.ACTORS,
}


@pytest.fixture(scope="module")
def past(django_db_setup, django_db_blocker):
    with varied.varied_record(django_db_blocker) as moment:
        yield moment


@st.composite
def terms(draw, words):
    sign = draw(st.sampled_from(["", "", "-"]))
    chosen = draw(st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True))
    return ",".join(sign + word for word in chosen)


@st.composite
def questions(draw):
    """A question of up to three attributes, and sometimes dates, deaths, places, words, roles."""
    names = draw(st.lists(st.sampled_from(sorted(WORDS)), max_size=3, unique=True))
    asked = {name: draw(terms(WORDS[name])) for name in names}
    if "actor" in asked and draw(st.booleans()):
        role = draw(terms(varied.ROLES))
        if not (role.startswith("-") and asked["actor"].startswith("-")):
            asked["role"] = role
        asked["lineage"] = draw(st.sampled_from(["true", "false"]))
    more = {
        "from": st.sampled_from(["2016", "2019-06", "2021-03-04"]),
        "to": st.sampled_from(["2021-03", "2024", "2022-01-01"]),
        "begun": st.sampled_from(["2015-07", "2018"]),
        "killed_min": st.sampled_from(["0", "1", "4"]),
        "killed_max": st.sampled_from(["4", "6", "31"]),
        "bbox": st.sampled_from(["-10,-10,20.5,25", "0.123456789,0,45,30", "-180,-90,180,90"]),
        "near": st.sampled_from(["12.64,-8,900", "0,30,2500", "89,0,9000"]),
        "q": st.sampled_from(["attack", "fuel", "feul", "kati or gao", "xyzzy", "-kati attack"]),
    }
    for name in draw(st.lists(st.sampled_from(sorted(more)), max_size=2, unique=True)):
        asked[name] = draw(more[name])
    return asked


def question_of(asked, past, in_past):
    if in_past:
        asked = asked | {"as_of": past.isoformat()}
    question = IncidentQuestion(asked, at=NOW)
    assert question.is_valid(), question.errors
    return question


def narrowed(question, facet):
    """The rows without the parameters of one facet."""
    parts = {"actor": ("actor", "role", "lineage"), "killed": ("killed_min", "killed_max")}
    gone = parts.get(facet, (facet,))
    rest = {name: text for name, text in question.asked.items() if name not in gone}
    return IncidentQuestion(rest, at=NOW).qs


MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MANY
@given(asked=questions(), in_past=st.booleans())
def test_sums_over_any_question_are_those_of_sql(past, asked, in_past):
    question = question_of(asked, past, in_past)
    rows, answer = question.qs, select(question)

    assert answer.count == rows.count()
    assert answer.totals() == rollups.totals(rows)
    for column in PLAIN:
        assert answer.by(column) == rollups.by(rows, column)
    for column in LISTS:
        assert answer.by(column) == rollups.by_term(rows, column)


@MANY
@given(
    asked=questions(),
    in_past=st.booleans(),
    interval=st.sampled_from(["day", "week", "month", "quarter", "year"]),
    degrees=st.sampled_from([90.0, 11.25, 0.3515625, 0.1, 7.7]),
)
def test_periods_and_map_cells_are_those_of_sql(past, asked, in_past, interval, degrees):
    question = question_of(asked, past, in_past)
    rows, answer = question.qs, select(question)

    found = [rollups.Group(g.key, g.incidents, g.killed) for g in answer.by_period(interval)]
    assert found == rollups.by_period(rows, interval)
    assert answer.by_cell(degrees) == rollups.by_cell(rows, degrees)
    assert answer.by_cell(degrees, ("exact",)) == rollups.by_cell(
        rows.filter(geo_precision="exact"), degrees
    )
    assert answer.without_point == rows.filter(latitude__isnull=True).count()


@MANY
@given(asked=questions(), in_past=st.booleans())
def test_facets_count_what_one_would_see_with_another_value(past, asked, in_past):
    question = question_of(asked, past, in_past)
    found = select(question).facets()

    for facet, column in TERMS.items():
        rows = narrowed(question, facet)
        groups = rollups.by_term(rows, column) if column in LISTS else rollups.by(rows, column)
        chosen = question.cleaned.get(facet, [])
        expected = {g.key: g.incidents for g in groups if g.key} | {
            term: 0 for term in chosen if term not in {g.key for g in groups}
        }
        assert {value.value: value.incidents for value in found[facet]} == expected
        assert {value.value for value in found[facet] if value.is_chosen} == set(chosen)
    within = narrowed(question, "actor")
    for value in found["actor"]:
        assert value.incidents == _with_actor(question, value.value).count(), value
    for value in found["role"]:
        actors = [f"{slug}:{value.value}" for slug in question.involved]
        assert value.incidents == within.filter(actor_roles__overlap=actors).count()
    for value in found["killed"]:
        least, most = KILLED[value.value]
        bounds = {"killed_min": str(least)} | ({} if most is None else {"killed_max": str(most)})
        rest = {k: v for k, v in question.asked.items() if k not in ("killed_min", "killed_max")}
        assert value.incidents == IncidentQuestion(rest | bounds, at=NOW).qs.count()


def _with_actor(question, slug):
    rest = {k: v for k, v in question.asked.items() if k not in ("actor", "lineage")}
    return IncidentQuestion(rest | {"actor": slug}, at=NOW).qs


@MANY
@given(
    asked=questions(),
    in_past=st.booleans(),
    ordering=st.sampled_from(sorted(ORDERINGS)),
    limit=st.integers(1, 60),
)
def test_pages_follow_one_another_as_in_sql(past, asked, in_past, ordering, limit):
    asked = asked | {"ordering": ordering, "limit": str(limit)}
    if in_past:
        asked |= {"as_of": past.isoformat()}
    question = IncidentFilter(asked, at=NOW)
    expected = list(question.order.sort(question.qs, backwards=False).values_list("seq", flat=True))

    found, cursor = [], None
    for _ in range(3):
        more = {"cursor": cursor} if cursor else {}
        page = IncidentFilter(asked | more, at=NOW).page()
        found += [row.seq for row in page.rows]
        cursor = page.next
        if not cursor:
            break
        if page.previous:
            back = IncidentFilter(asked | {"cursor": page.previous}, at=NOW).page()
            assert [row.seq for row in back.rows] == found[-2 * limit : -limit]

    assert found == expected[: 3 * limit]
    assert select(question).seqs(ordering) == expected


@MANY
@given(asked=questions(), column=st.sampled_from(["group", "country", "actors", "targets"]))
def test_divided_periods_are_those_of_sql(past, asked, column):
    question = question_of(asked, past, False)
    found = {(g.key, g.stack): g for g in select(question).by_period("year", column)}

    for year in {key for key, _ in found}:
        rows = question.qs.filter(date_start__year=year.year)
        groups = rollups.by_term(rows, column) if column in LISTS else rollups.by(rows, column)
        for group in groups:
            one = found.pop((year, group.key))
            assert (one.incidents, one.killed) == (group.incidents, group.killed)
    assert not found


def test_a_circle_holds_what_it_holds_in_sql_however_wide(past):
    for km in range(200, 6000, 400):
        for point in ("10,12", "-3.5,20", "60,179"):
            question = IncidentQuestion({"near": f"{point},{km}"}, at=NOW)
            assert select(question).count == question.qs.count(), (point, km)


def test_rare_values_are_told_together_and_nobody_is_lost(past):
    question = IncidentQuestion({}, at=NOW)

    groups = select(question).by_period("year", "group", top=2)

    assert len({group.stack for group in groups}) == 3
    assert sum(group.incidents for group in groups) == question.qs.count()
    named = [value.value for value in select(question).facets()["actor"]][:2]
    rest = question.qs.exclude(actors__overlap=named).count()
    by_actor = select(question).by_period("year", "actors", top=2)
    assert sum(group.incidents for group in by_actor if group.stack == "") == rest > 0


def test_places_hold_every_incident_once(past):
    question = IncidentQuestion({}, at=NOW)
    outlined = ("admin1", "country")

    places = select(question).by_place(without=("exact",), outlined=outlined)

    rows = question.qs.exclude(geo_precision="exact")
    assert sum(place.incidents for place in places) == rows.count()
    assert all((place.latitude is None) == (place.precision in outlined) for place in places)
    counted = rows.values("geo_precision", "country", "area").annotate(n=Count("seq")).order_by()
    for row in counted:
        key = (row["geo_precision"], row["country"], row["area"])
        same = [p.incidents for p in places if (p.precision, p.country, p.area) == key]
        assert sum(same) == row["n"]


def test_roles_are_offered_for_actors_only(past):
    offered = select(IncidentQuestion({"actor": "jnim"}, at=NOW)).facets()["role"]

    assert {value.value for value in offered} <= set(Role.values)
    assert offered
    assert select(IncidentQuestion({}, at=NOW)).facets()["role"] == []
    assert isinstance(offered[0], FacetValue)


@pytest.mark.parametrize("asked", [{}, {"actor": "jnim"}, {"country": "MLI,NER"}])
def test_a_narrowed_answer_is_that_of_the_narrower_question(past, asked):
    whole = select(IncidentQuestion(asked, at=NOW))
    sides = whole.incidents("dataset")

    assert sides == {str(group.key): group.incidents for group in whole.by("dataset")}
    for name in sides:
        narrowed = whole.narrowed(dataset=Terms([name]), begun=dt.date(2021, 1, 1))
        question = IncidentQuestion({**asked, "dataset": name, "begun": "2021-01-01"}, at=NOW)
        assert narrowed.totals() == rollups.totals(question.qs)
        assert narrowed.by("country") == rollups.by(question.qs, "country")
        assert list(narrowed.newest(3)) == list(question.qs[:3])
