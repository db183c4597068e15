"""What an edition tells of earlier ones, and what an old page can tell of what came later."""

import pytest
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Incident
from reports.building import canonical
from reports.periods import Period
from reports.revisions import revised, today
from tests import make
from tests.reports.conftest import Written, built, data, planned, schedule, sentences, table

KATI = "Attack at Kati"
AUGUST = Period.parse("2022-08")
CORRECTED = {"killed_low": 3, "killed_best": 3, "killed_high": 3}


def find(title):
    return Incident.objects.get(title=title)


def correct_kati(**values):
    kati = find(KATI)
    for name, value in (values or CORRECTED).items():
        setattr(kati, name, value)
    kati.save()
    desk.correct(kati, by=make.rita(), at=timezone.now(), notice="Two more sources.")
    return kati


@pytest.fixture
def moved_on(report):
    """July is published; then Kati is corrected, Koro withdrawn, and one of July added."""
    kati = correct_kati()
    desk.withdraw(find("Attack at Koro"), by=make.rita(), at=timezone.now(), reason="duplicate")
    make.published(day="2022-07-02", place="Zantiguila")
    report.kati = kati.public_id
    return report


def test_the_next_report_tells_what_was_corrected_since(moved_on):
    told = data(Written(planned(period=AUGUST), "corrections"), "corrections")

    (changed,) = told["changed"]
    assert (changed["title"], changed["notice"]) == (KATI, "Two more sources.")
    assert (changed["killed_before"], changed["killed_now"]) == ("1", "3")
    (withdrawn,) = told["withdrawn"]
    assert withdrawn["reason"] == "duplicate"
    assert told["added"] == 1


def test_it_names_the_earlier_reports_that_held_the_incident(moved_on):
    report = Written(planned(period=AUGUST), "corrections")
    told = data(report, "corrections")

    assert told["changed"][0]["reports"] == [moved_on.public_id]
    assert told["withdrawn"][0]["reports"] == [moved_on.public_id]
    rows = table(report, "corrections")
    assert [row["reports"]["path"] for row in rows] == [f"/reports/{moved_on.public_id}/"] * 2
    assert "killed: best estimate: 1 → 3" in " ".join(row["change"]["text"] for row in rows)


def test_a_withdrawn_incident_is_not_repeated(moved_on):
    report = Written(planned(period=AUGUST), "corrections")

    assert b"Koro" not in canonical({"sections": [report.content["sections"][-1]]})


def test_what_a_protected_case_showed_is_not_repeated(report):
    kati = find(KATI)
    kati.hostage_cases.create(persons=1, status="held")
    desk.correct(kati, by=make.rita(), at=timezone.now(), notice="Protected.")

    (changed,) = data(Written(planned(period=AUGUST), "corrections"), "corrections")["changed"]

    assert "Kati" not in str(changed)
    assert changed["killed_before"] == ""


def test_a_first_report_has_nothing_to_correct(report):
    assert sentences(report, "corrections") == ["This is the first report of the series."]
    assert data(report, "corrections")["changed"] == []


def test_an_edition_of_the_same_period_tells_its_own_corrections(moved_on):
    told = data(Written(planned(again=True), "corrections"), "corrections")

    assert [row["title"] for row in told["changed"]] == [KATI]
    assert told["added"] == 1


@pytest.mark.parametrize(
    ("cadence", "first", "second"),
    [("weekly", "2022-W29", "2022-W30"), ("fortnightly", "2022-07-H2", "2022-08-H1")],
)
@pytest.mark.parametrize(
    "place", [{"country": None}, {"country": None, "region": "western"}], ids=["africa", "region"]
)
def test_corrections_are_told_for_any_cadence_and_place(mali, cadence, first, second, place):
    series = schedule(slug="other", cadence=cadence, **place)
    earlier = built(planned(series, Period.parse(first)))
    correct_kati()

    told = data(Written(planned(series, Period.parse(second)), "corrections"), "corrections")

    assert [row["title"] for row in told["changed"]] == [KATI]
    assert told["changed"][0]["reports"] == [earlier.public_id]


def test_a_later_change_of_another_place_is_none_of_its_corrections(mali):
    series = schedule(slug="monthly-bfa-en", country=make.country("BFA"))
    built(planned(series))
    correct_kati()

    told = data(Written(planned(series, AUGUST), "corrections"), "corrections")

    assert (told["changed"], told["withdrawn"], told["added"]) == ([], [], 0)


def test_the_old_report_keeps_its_figures_and_tells_which_were_revised(moved_on):
    assert data(moved_on, "totals")["killed"]["best"] == 16

    found = revised(moved_on)

    killed = {revision.id: revision for revision in found["total.killed"]}
    kati = killed[moved_on.kati]
    assert (kati.title, kati.notice, kati.is_listed) == (KATI, "Two more sources.", True)
    gone = [revision for revision in found["total.killed"] if not revision.is_listed]
    assert [(one.title, one.reason) for one in gone] == [(gone[0].id, "entered twice")]
    # June held neither of them.
    assert "previous.killed" not in found
    assert "trend.2022-06" not in found


def test_what_is_late_shows_in_the_figures_of_today(moved_on):
    figures = today(moved_on)

    assert figures["total.incidents"]["count"] == 8  # one withdrawn, one added
    assert figures["total.killed"]["best"] == 16 + 2 - 2
    assert "as_of" not in figures["total.killed"]["query"]


def test_a_report_whose_record_stands_is_not_revised(report, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert revised(report) == {}


def test_revisions_cost_two_queries(moved_on, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert revised(moved_on)
