"""Sections about people: groups, who died, and who was taken."""

import datetime as dt

import pytest

from actors.models import Actor
from tests import make
from tests.reports.conftest import (
    Written,
    around,
    data,
    mali_in_july,
    planned,
    schedule,
    sentences,
    table,
)
from tests.reports.counting import by_code, cell, killed, labels, publish


@pytest.fixture
def groups(db):
    around()
    mali_in_july()
    Actor.objects.filter(slug="jnim").update(founded_on=dt.date(2017, 3, 2))
    make.relation(make.actor("katiba-macina"), make.actor(), "component_of", "2017-03-02")
    suspected = make.incident(day="2022-07-30", place="Menaka", attribution="suspected")
    make.part(suspected, "issp", attribution="suspected")
    fight = make.incident(day="2022-07-31", place="Talataye", **killed(4))
    make.part(fight, "issp", role="party")
    make.part(fight, "jnim", role="party")
    army = make.incident(day="2022-07-31", place="Moura", attribution="confirmed", **killed(20))
    make.actor("fama", kind="auxiliary_force")
    make.part(army, "fama", role="perpetrator")
    make.part(army, "auxiliaries", role="perpetrator")
    make.part(army, "jnim", role="claimant")
    publish()


def test_actors_are_told_apart_by_how_surely_they_are_named(groups):
    rows = {(r["certainty"], r["code"]): r for r in data(Written(planned(), "actors"), "actors")[
        "rows"
    ]}  # fmt: skip

    assert rows["attributed", "katiba-macina"]["incidents"] == 6
    assert rows["suspected", "issp"]["incidents"] == 1
    assert rows["party", "issp"]["killed"]["best"] == 4
    assert rows["claimed", "jnim"]["killed"]["best"] == 20
    assert ("attributed", "issp") not in rows


def test_a_group_has_its_losses_only_where_it_surely_attacked(groups):
    rows = table(Written(planned(), "actors"), "actors")

    losses = {(r["actor"]["text"], r["certainty"]["value"]): r["attackers_killed"]["text"]
              for r in rows}  # fmt: skip
    assert losses["JNIM", "attributed"] == "7"
    assert losses["JNIM", "party"] == "–"


def test_a_group_is_counted_with_those_that_it_came_from_once(groups):
    report = Written(planned(), "actors")
    (line,) = table(report, "lineage")

    assert (line["actor"]["text"], line["predecessors"]["text"]) == ("JNIM", "KATIBA-MACINA")
    assert line["incidents"]["text"] == "7"


def test_several_perpetrators_of_one_incident_are_noted(groups):
    notes = " ".join(sentences(Written(planned(), "actors"), "actors"))

    assert "count once for each of them: 1 of the incidents" in notes
    assert "never added to it" in notes


def test_the_unattributed_always_have_their_row(groups):
    rows = table(Written(planned(), "attributions"), "attributions")

    assert cell(rows, "unknown", "incidents") == "2"
    assert cell(rows, "suspected", "incidents") == "1"


def test_nothing_unattributed_is_said_too(db):
    make.published(day="2022-07-06", attribution="confirmed")

    rows = table(Written(planned(), "attributions"), "attributions")

    assert cell(rows, "unknown", "incidents") == "0"


def test_attacks_and_operations_are_apart(groups):
    kinds = by_code(data(Written(planned(), "victims"), "victims")["kinds"])

    assert (kinds["attacks"]["incidents"], kinds["attacks"]["killed"]["best"]) == (8, 36)
    assert (kinds["operations"]["incidents"], kinds["operations"]["killed"]["best"]) == (1, 20)
    assert kinds["unattributed"]["incidents"] == 3
    assert kinds["attacks"]["attackers_killed"]["best"] == 7


def test_a_report_about_a_group_tells_that_group_only(groups):
    about = schedule(slug="jnim", topic="actor", actor=make.actor("jnim"))
    report = Written(planned(about), "actors", "victims")

    codes = {row["code"] for row in data(report, "actors")["rows"]}
    assert codes == {"jnim", "katiba-macina"}
    assert data(report, "totals")["incidents"]["count"] == 9


def test_populations_are_counted_where_a_source_divides_the_toll(db):
    divided = make.incident(day="2022-07-02", place="Kati", **killed(10))
    make.estimate(divided, population="civilians", low=6, best=6, high=6, is_preferred=True)
    make.estimate(divided, population="civilians", low=60, best=60, high=60)
    make.estimate(divided, population="security_forces", low=3, best=3, high=3)
    make.estimate(divided, population="children", low=2, best=2, high=2, is_preferred=True)
    torn = make.incident(day="2022-07-03", place="Koro", **killed(5))
    for number in (1, 4):
        make.estimate(torn, population="civilians", low=number, best=number, high=number)
    fallen = {f"attackers_killed_{bound}": 9 for bound in ("low", "best", "high")}
    own_word = make.incident(day="2022-07-04", place="Bapho", **killed(5), **fallen)
    make.estimate(own_word, population="security_forces", low=5, best=5, high=5,
                  is_self_interested=True)  # fmt: skip
    publish()

    report = Written(planned(), "victims")
    rows = table(report, "victims")

    assert cell(rows, "civilians", "killed") == "6"
    assert cell(rows, "civilians", "killed_share") == "30.0%"
    assert cell(rows, "military and security forces", "killed") == "3"
    assert cell(rows, "not told apart", "killed") == "11"
    assert cell(rows, "attackers (not among the people killed)", "killed") == ("at least 9")
    assert cell(rows, "attackers (not among the people killed)", "killed_share") == "–"


@pytest.fixture
def cases(db):
    def case(day, place, status, policy="publish", persons=2, **more):
        made = make.incident(day=day, place=place, type_code="HOS-KID", **more)
        made.hostage_cases.create(persons=persons, status=status, publish_policy=policy)
        return make.through_the_door(made)

    taken = {"abducted_low": 2, "abducted_best": 2, "abducted_high": 2}
    case("2022-07-02", "Kati", "released", **taken)
    case("2022-07-03", "Koro", "released", persons=None, **taken)
    case("2022-07-04", "Bapho", "killed", persons=1, **killed(1))
    case("2022-07-05", "Secretplace", "held", policy="withhold", persons=7)
    make.published(day="2022-07-06", place="Djenne", abducted_low=4, abducted_best=5,
                   abducted_high=6)  # fmt: skip


def test_kidnappings_are_told_by_how_they_ended(cases):
    rows = table(Written(planned(), "kidnappings"), "kidnapping_outcomes")

    assert cell(rows, "released", "cases") == "2"
    assert cell(rows, "released", "persons") == "at least 2"
    assert cell(rows, "killed", "persons") == "1"
    still = next(label for label in labels(rows) if label.startswith("still held"))
    assert (cell(rows, still, "cases"), cell(rows, still, "persons")) == ("1", "not told")


def test_an_open_case_tells_neither_its_place_nor_its_people(cases):
    report = Written(planned(), "kidnappings", "areas")
    text = str(report.content) + str([item.figure for item in report.items])

    assert "Secretplace" not in text
    assert data(report, "kidnappings")["cases"]["abducted"]["best"] == 4
    assert "neither their number nor their place is told" in " ".join(
        sentences(report, "kidnappings")
    )


def test_the_record_tells_how_a_case_ended_and_nothing_of_an_open_one(cases, client):
    rows = client.get("/api/v1/incidents/?group=hostage&fields=is_withheld,hostages").json()

    told = sorted(str(row["hostages"]) for row in rows["results"] if not row["is_withheld"])
    assert told == [
        "[{'persons': 1, 'outcome': 'killed'}]",
        "[{'persons': 2, 'outcome': 'released'}]",
        "[{'persons': None, 'outcome': 'released'}]",
    ]
    assert [row["hostages"] for row in rows["results"] if row["is_withheld"]] == [[]]


def test_people_abducted_in_other_attacks_are_told_beside_the_cases(cases):
    notes = " ".join(sentences(Written(planned(), "kidnappings"), "kidnappings"))

    assert "5 more people were abducted in incidents of other kinds" in notes


def test_a_report_on_kidnappings_is_about_them_alone(cases):
    about = schedule(slug="kidnapping", topic="kidnapping")

    report = Written(planned(about), "kidnappings", "types")

    assert data(report, "totals")["incidents"]["count"] == 4
    assert labels(table(report, "types")) == ["Kidnapping"]


def test_without_a_kidnapping_it_is_said(db):
    make.published(day="2022-07-06")

    assert sentences(Written(planned(), "kidnappings"), "kidnappings") == [
        "No hostage-taking is recorded in the period."
    ]
