"""A report's figures: what is counted, from which rows, and the same every time."""

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import HarmEstimate, Incident, PublishedIncident
from reports.building import build, canonical, checksum
from reports.figures import Issue
from reports.models import Report
from reports.periods import Month
from tests import make
from tests.reports.conftest import JULY, TOWNS, built, planned, schedule

KATI = "Attack at Kati"


def find(title):
    return Incident.objects.get(title=title)


def rows(content, section):
    return {row["key"]: row for row in content[section]}


def test_a_report_counts_what_began_in_its_month(report):
    content = report.content

    assert content["totals"]["incidents"]["count"] == 8
    killed = content["totals"]["killed"]
    assert (killed["low"], killed["best"], killed["high"]) == (6, 16, None)
    assert killed["missing"] == 2
    assert "at least 6" in killed["text"]


def test_it_compares_with_the_month_before_and_the_year_before(report):
    before, year_before = report.content["comparison"]

    assert (before["period"], year_before["period"]) == ("2022-06", "2021-07")
    assert before["killed"]["best"] == 132
    assert before["change"] == {"incidents": 7, "killed_best": -116}
    assert year_before["incidents"]["count"] == 0


def test_attackers_killed_are_a_line_of_their_own(report):
    totals = report.content["totals"]

    assert totals["attackers_killed"]["best"] == 7
    assert totals["killed"]["best"] == 16
    assert any("Attackers killed, not included above" in s for s in report.content["summary"])


def test_actors_are_told_apart_by_how_surely_they_are_named(mali):
    suspected = make.incident(day="2022-07-30", place="Menaka", attribution="suspected")
    make.part(suspected, "issp", attribution="suspected")
    make.through_the_door(suspected)
    fight = make.incident(day="2022-07-31", place="Talataye", killed_low=4, killed_best=4)
    make.part(fight, "issp", role="party")
    make.part(fight, "jnim", role="party")
    make.through_the_door(fight)

    actors = rows(built(planned()).content, "actors")

    assert actors["actor.attributed.katiba-macina"]["incidents"] == 6
    assert actors["actor.suspected.issp"]["incidents"] == 1
    assert actors["actor.party.issp"]["killed"]["best"] == 4
    assert "actor.attributed.issp" not in actors


def test_six_incidents_expected_and_six_recorded(report):
    (wave,) = report.content["waves"]

    assert (wave["expected"], wave["recorded"], wave["is_complete"]) == (6, 6, True)
    assert "six incidents expected for 21 July 2022, six recorded" in wave["text"]


def test_a_missing_incident_of_the_wave_shows(mali):
    desk.withdraw(
        find("Attack at Bapho"), by=make.rita(), at=timezone.now(), reason="not_confirmed"
    )

    (wave,) = built(planned()).content["waves"]

    assert (wave["recorded"], wave["is_complete"]) == (5, False)


def test_a_combined_toll_is_counted_once_and_named(mali):
    covered = [make.incident(day="2022-07-28", place=place) for place in ("Gao", "Bamba")]
    toll = make.estimate(covered[0], low=64, best=64, high=64, is_preferred=True)
    toll.covers.set(covered)
    for one in covered:
        make.through_the_door(one)
    desk.correct(covered[0], by=make.rita(), at=timezone.now(), notice="Joint toll.")
    assert HarmEstimate.objects.count() == 1

    totals = built(planned()).content

    assert totals["totals"]["rule"] == "combined_tolls_once"
    assert totals["totals"]["killed"]["best"] == 16 + 64
    assert any("counted once" in note for note in totals["notes"])


def test_conditions_are_counted_in_days(report):
    (siege,) = report.content["conditions"]

    assert siege["days_in_force"] == 165
    assert "for 165 days at the end of the period" in siege["text"]


def test_changes_of_membership_are_told(report):
    (change,) = report.content["changes"]

    assert change["text"] == "ECOWAS suspended Mali."
    assert change["on"] == "2022-07-03"


def test_abductions_are_told_apart(report):
    told = report.content["abductions"]

    assert (told["incidents"], told["abducted"]["best"]) == (1, 3)


def test_a_body_counts_its_members_of_the_day(mali):
    make.membership(make.body(), "BFA", "1975-05-28", "2022-07-14")
    make.published(day="2022-07-10", iso3="BFA", place="Djibo")
    make.published(day="2022-07-20", iso3="BFA", place="Arbinda")
    ecowas = schedule(slug="monthly-ecowas-en", country=None, body=make.body())

    content = built(planned(ecowas)).content

    assert content["totals"]["incidents"]["count"] == 9
    countries = rows(content, "countries")
    assert countries["country.BFA"]["incidents"] == 1
    assert countries["country.MLI"]["incidents"] == 8


def test_the_same_record_tip_gives_the_same_bytes(report):
    again = build(Issue.of(report.job))

    assert canonical(again.content) == canonical(report.content)
    assert again.checksum == report.checksum == checksum(report.content)


def test_figures_do_not_move_when_the_record_moves_on(mali):
    job = planned()
    before = build(Issue.of(job)).checksum
    at = timezone.now()
    desk.correct(find(KATI), by=make.rita(), at=at, notice="New count.")
    desk.withdraw(find("Attack at Koro"), by=make.rita(), at=timezone.now(), reason="duplicate")
    make.published(day="2022-07-02", place="Zantiguila")

    assert build(Issue.of(job)).checksum == before


def test_the_moment_of_a_report_pins_what_its_number_pins(report):
    make.published(day="2022-07-02", place="Zantiguila")
    desk.withdraw(find(KATI), by=make.rita(), at=timezone.now(), reason="duplicate")

    by_moment = PublishedIncident.objects.as_of(report.record_at)
    by_number = PublishedIncident.objects.as_of_seq(report.record_seq)

    assert set(by_moment.values_list("seq")) == set(by_number.values_list("seq"))


def test_every_figure_is_what_its_query_answers(client, report):
    desk.withdraw(find(KATI), by=make.rita(), at=timezone.now(), reason="duplicate")
    checked = 0
    for item in report.items.exclude(query__contains="/campaigns/"):
        if not item.query.startswith("/api/v1/incidents/?"):
            continue
        answer = client.get(f"{item.query}&limit=1000").json()

        found = sorted([row["id"], row["version"]] for row in answer["results"])
        assert found == sorted(item.rows), item.key
        checked += 1
    assert checked > 30


def test_the_deaths_can_be_added_up_from_the_query(client, report):
    killed = report.content["totals"]["killed"]

    answer = client.get(f"{killed['query']}&limit=1000").json()

    tolls = [row["harm"]["killed"] for row in answer["results"]]
    assert sum(toll["best"] or toll["low"] or 0 for toll in tolls) == killed["best"]
    assert sum(toll["low"] or 0 for toll in tolls) == killed["low"]


def test_the_query_does_not_list_what_began_before_the_month(client, mali):
    make.published(day="2022-06-20", place="Segou", date_end=dt.date(2022, 7, 5), is_multiday=True)

    content = built(planned()).content

    assert content["totals"]["incidents"]["count"] == 8
    assert content["comparison"][0]["incidents"]["count"] == 2


def test_the_next_report_tells_what_was_corrected_since(report):
    desk.correct(find(KATI), by=make.rita(), at=timezone.now(), notice="Two more sources.")
    desk.withdraw(find("Attack at Koro"), by=make.rita(), at=timezone.now(), reason="duplicate")
    make.published(day="2022-07-02", place="Zantiguila")

    told = built(planned(month=Month(2022, 8))).content["corrections"]

    assert [row["title"] for row in told["changed"]] == [KATI]
    assert told["changed"][0]["notice"] == "Two more sources."
    (withdrawn,) = told["withdrawn"]
    assert withdrawn["reason"] == "duplicate"
    assert "title" not in withdrawn
    assert told["added"] == 1


def test_a_first_report_has_nothing_to_correct(report):
    assert report.content["corrections"]["since"] is None


def test_an_empty_month_says_that_it_may_only_look_empty(mali):
    content = built(planned(month=Month(2026, 9))).content

    assert "holds no incident" in content["summary"][0]
    assert any("nothing has been entered yet" in note for note in content["notes"])


def test_gaps_are_said_aloud(mali):
    make.published(day="2022-07-29", place="Hombori", checked="unverified")
    make.published(
        day="2022-07-01", place="Ansongo", date_end=dt.date(2022, 7, 31), date_precision="month"
    )

    notes = " ".join(built(planned()).content["notes"])

    assert "4 incidents give no number of people killed" in notes
    assert "1 incident still needs a primary source" in notes
    assert "1 incident is dated to a month or less exactly" in notes


def test_notable_incidents_carry_numbered_sources(report):
    notable = report.content["notable"]

    assert notable["rows"][0]["title"] == f"Attack at {TOWNS[-1]}"
    assert notable["rows"][0]["sources"] == [{"number": 1, "grade": "B2"}]
    assert notable["sources"][0]["publisher"] == "Agency"


def test_an_open_kidnapping_tells_its_country_and_month_only(mali):
    case = make.incident(day="2022-07-15", place="Secretplace", type_code="HOS-KID")
    case.hostage_cases.create(persons=1, status="held")
    make.through_the_door(case)

    assert b"Secretplace" not in canonical(built(planned()).content)


def test_a_french_report_is_french(report):
    french = built(planned(schedule(slug="monthly-mli-fr", language="fr")))

    def plain(text):
        return text.replace("\xa0", " ").replace("\u202f", " ")

    assert plain(french.title) == "Mali : rapport de situation, juillet 2022"
    summary = [plain(sentence) for sentence in french.content["summary"]]
    assert summary[0].startswith("Mali, juillet 2022 : 8 incidents")
    assert any("six incidents attendus" in s and "21 juillet 2022" in s for s in summary)
    for section in ("summary", "notes", "method"):
        assert set(french.content[section]).isdisjoint(report.content[section])
    labels = [row["label"] for row in french.content["targets"]]
    assert labels == ["militaire"]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_published_report_never_changes(report, change):
    def break_it():
        rows = Report.objects.filter(pk=report.pk)
        rows.update(title="Other") if change == "update" else rows._raw_delete("default")

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        break_it()


def test_a_figure_never_changes(report):
    with pytest.raises(InternalError), transaction.atomic():
        report.items.update(figure={})


def test_no_sentence_uses_a_word_that_judges(report):
    text = canonical(report.content).decode().lower()

    for word in ("terrorist", "barbaric", "neutralised", "regime", "casualties", "militant"):
        assert word not in text


def test_july_is_what_the_period_says(report):
    assert report.content["header"]["period"] == {
        "start": "2022-07-01", "end": "2022-07-31", "label": "July 2022",
    }  # fmt: skip
    assert str(JULY) == report.content["header"]["number"]
