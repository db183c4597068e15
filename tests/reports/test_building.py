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
from tests import make
from tests.reports.conftest import (
    JULY,
    built,
    data,
    planned,
    schedule,
    section,
    sentences,
    table,
)

KATI = "Attack at Kati"


def find(title):
    return Incident.objects.get(title=title)


def test_a_report_counts_what_began_in_its_month(report):
    totals = data(report, "totals")

    assert totals["incidents"]["count"] == 8
    killed = totals["killed"]
    assert (killed["low"], killed["best"], killed["high"]) == (6, 16, None)
    assert killed["missing"] == 2
    assert "at least 6" in killed["text"]


def test_it_compares_with_the_month_before_and_the_year_before(report):
    before, year_before = data(report, "comparison")["against"]

    assert (before["period"], year_before["period"]) == ("2022-06", "2021-07")
    assert before["killed"]["best"] == 132
    assert before["change"] == {"incidents": 7, "killed_best": -116}
    assert year_before["incidents"]["count"] == 0


def test_attackers_killed_are_a_line_of_their_own(report):
    totals = data(report, "totals")

    assert totals["attackers_killed"]["best"] == 7
    assert totals["killed"]["best"] == 16


def test_a_combined_toll_is_counted_once_and_named(mali):
    covered = [make.incident(day="2022-07-28", place=place) for place in ("Gao", "Bamba")]
    toll = make.estimate(covered[0], low=64, best=64, high=64, is_preferred=True)
    toll.covers.set(covered)
    for one in covered:
        make.through_the_door(one)
    desk.correct(covered[0], by=make.rita(), at=timezone.now(), notice="Joint toll.")
    assert HarmEstimate.objects.count() == 1

    totals = data(built(planned()), "totals")

    assert totals["rule"] == "combined_tolls_once"
    assert totals["killed"]["best"] == 16 + 64


def test_a_body_counts_its_members_of_the_day(mali):
    make.membership(make.body(), "BFA", "1975-05-28", "2022-07-14")
    make.published(day="2022-07-10", iso3="BFA", place="Djibo")
    make.published(day="2022-07-20", iso3="BFA", place="Arbinda")
    ecowas = schedule(slug="monthly-ecowas-en", country=None, body=make.body())

    report = built(planned(ecowas))

    assert data(report, "totals")["incidents"]["count"] == 9


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
    killed = data(report, "totals")["killed"]

    answer = client.get(f"{killed['query']}&limit=1000").json()

    tolls = [row["harm"]["killed"] for row in answer["results"]]
    assert sum(toll["best"] or toll["low"] or 0 for toll in tolls) == killed["best"]
    assert sum(toll["low"] or 0 for toll in tolls) == killed["low"]


def test_the_query_does_not_list_what_began_before_the_month(client, mali):
    make.published(day="2022-06-20", place="Segou", date_end=dt.date(2022, 7, 5), is_multiday=True)

    report = built(planned())

    assert data(report, "totals")["incidents"]["count"] == 8
    assert data(report, "comparison")["against"][0]["incidents"]["count"] == 2


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
    assert plain(section(french, "totals")["title"]) == "Chiffres clés"
    assert [row["period"]["text"] for row in table(french, "comparison")] == [
        "juillet 2022",
        "juin 2022",
        "juillet 2021",
    ]
    # An edition's number and the name of the data set are the same in both languages.
    said = {text for text in sentences(report, "header") if " " in text}
    assert said
    assert said.isdisjoint(sentences(french, "header"))


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
    """But where the method says how others define what Vigil records."""
    said = [one for one in report.content["sections"] if one["name"] != "method"]
    text = canonical({"sections": said}).decode().lower()

    for word in ("terrorist", "barbaric", "neutralised", "regime", "casualties", "militant"):
        assert word not in text


def test_july_is_what_the_period_says(report):
    assert report.content["period"] == {
        "start": "2022-07-01", "end": "2022-07-31", "label": "July 2022",
    }  # fmt: skip
    assert str(JULY) == report.content["number"]
