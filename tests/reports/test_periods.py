"""Periods: their days, their neighbours, and the moment at which each is due."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reports.choices import Cadence
from reports.periods import FIRST_YEAR, FORMS, LAST_YEAR, Period, finished

CADENCES = st.sampled_from(list(Cadence))
DAYS = st.dates(dt.date(FIRST_YEAR + 1, 1, 1), dt.date(LAST_YEAR - 1, 12, 31))
CAIRO = zoneinfo.ZoneInfo("Africa/Cairo")
CASABLANCA = zoneinfo.ZoneInfo("Africa/Casablanca")
KIRITIMATI = zoneinfo.ZoneInfo("Pacific/Kiritimati")


def day(text):
    return dt.date.fromisoformat(text)


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2022-07-21", "2022-07-21", "2022-07-21", "21 July 2022"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "29 February 2024"),
        ("2022-W29", "2022-07-18", "2022-07-24", "18–24 July 2022"),
        ("2020-W53", "2020-12-28", "2021-01-03", "28 December 2020 – 3 January 2021"),
        ("2021-W01", "2021-01-04", "2021-01-10", "4–10 January 2021"),
        ("2022-07-H1", "2022-07-01", "2022-07-15", "1–15 July 2022"),
        ("2022-07-H2", "2022-07-16", "2022-07-31", "16–31 July 2022"),
        ("2024-02-H2", "2024-02-16", "2024-02-29", "16–29 February 2024"),
        ("2022-07", "2022-07-01", "2022-07-31", "July 2022"),
        ("2023-02", "2023-02-01", "2023-02-28", "February 2023"),
        ("2022-Q3", "2022-07-01", "2022-09-30", "third quarter of 2022"),
        ("2022-Q4", "2022-10-01", "2022-12-31", "fourth quarter of 2022"),
        ("2022", "2022-01-01", "2022-12-31", "2022"),
    ],
)
def test_a_written_period_has_its_days_and_its_name(text, first, last, label):
    period = Period.parse(text)

    assert (period.first, period.last) == (day(first), day(last))
    assert period.days == (day(last) - day(first)).days + 1
    assert period.label == label
    assert str(period) == text


def test_there_is_a_written_form_of_every_cadence():
    assert {Period.parse(form).cadence for form in FORMS.values()} == set(Cadence)
    assert all(Period.parse(form).cadence == cadence for cadence, form in FORMS.items())


@pytest.mark.parametrize(
    "text",
    ["", "July", "2022-13", "2022-7", "2022-00", "2022-07-32", "2023-02-29", "2021-W53", "2022-W00",
     "2022-07-H3", "2022-H1", "2022-Q5", "2022-Q0", "0001-01", "1899", "3000", "２０２２-07",
     "2022 ", "2022-W29-1"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_every_form(text):
    with pytest.raises(ValueError, match="is not a period: write one of") as refused:
        Period.parse(text)

    assert all(form in str(refused.value) for form in FORMS.values())


@given(CADENCES, DAYS)
def test_a_period_is_read_as_it_was_written(cadence, on):
    period = Period.of(cadence, on)

    assert Period.parse(str(period)) == period


@given(CADENCES, DAYS)
def test_periods_follow_each_other_without_gap_or_overlap(cadence, on):
    period = Period.of(cadence, on)

    assert period.first <= on <= period.last
    assert period.following.first - period.last == dt.timedelta(days=1)
    assert period.first - period.previous.last == dt.timedelta(days=1)
    assert period.following.previous == period.previous.following == period
    assert period.shifted(3).shifted(-3) == period


@given(CADENCES, DAYS)
def test_the_year_before_is_a_year_before(cadence, on):
    period = Period.of(cadence, on)
    before = period.year_before

    assert before.cadence == cadence
    assert 357 <= (period.first - before.first).days <= 371
    assert before.last < period.first


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024-02-29", "2023-02-28"),
        ("2022-W29", "2021-W29"),
        ("2020-W53", "2019-W52"),
        ("2021-W52", "2020-W52"),
        ("2024-02-H2", "2023-02-H2"),
        ("2022-07", "2021-07"),
        ("2022-Q1", "2021-Q1"),
        ("2022", "2021"),
    ],
)
def test_the_year_before_has_the_same_number(text, before):
    assert str(Period.parse(text).year_before) == before


@pytest.mark.parametrize(
    ("text", "previous", "following"),
    [
        ("2024-03-01", "2024-02-29", "2024-03-02"),
        ("2020-W53", "2020-W52", "2021-W01"),
        ("2021-W01", "2020-W53", "2021-W02"),
        ("2022-01-H1", "2021-12-H2", "2022-01-H2"),
        ("2022-12", "2022-11", "2023-01"),
        ("2022-Q1", "2021-Q4", "2022-Q2"),
        ("2022", "2021", "2023"),
    ],
)
def test_a_period_knows_its_neighbours(text, previous, following):
    period = Period.parse(text)

    assert (str(period.previous), str(period.following)) == (previous, following)


def test_a_year_is_compared_with_the_year_before_once():
    assert [key for key, *_ in Period.parse("2022").against()] == ["previous"]
    keys = [(key, str(period)) for key, period, _ in Period.parse("2022-07").against()]
    assert keys == [("previous", "2022-06"), ("year_before", "2021-07")]


@pytest.mark.parametrize(
    ("text", "days", "zone", "due"),
    [
        ("2022-07", 3, dt.UTC, "2022-08-03T00:00"),
        ("2022-07", 0, dt.UTC, "2022-07-31T00:00"),
        ("2024-02-29", 1, dt.UTC, "2024-03-01T00:00"),
        ("2022-07", 1, KIRITIMATI, "2022-07-31T10:00"),
        # Egypt is two hours ahead in winter, three in summer.
        ("2024-01", 1, CAIRO, "2024-01-31T22:00"),
        ("2024-07", 1, CAIRO, "2024-07-31T21:00"),
        # In the night to 26 April 2024 the clock there went from 24:00 to 01:00.
        ("2024-04-25", 1, CAIRO, "2024-04-25T22:00"),
        ("2024-04-26", 1, CAIRO, "2024-04-26T21:00"),
        # On 31 October it fell back from 24:00 to 23:00: midnight is the end of the second hour.
        ("2024-10-31", 1, CAIRO, "2024-10-31T22:00"),
        # Morocco leaves summer time for Ramadan: 10 March to 14 April 2024.
        ("2024-03-09", 1, CASABLANCA, "2024-03-09T23:00"),
        ("2024-03-10", 1, CASABLANCA, "2024-03-11T00:00"),
    ],
)
def test_a_period_is_due_at_midnight_where_its_readers_live(text, days, zone, due):
    assert Period.parse(text).cutoff(days, zone) == moment(due)


@given(CADENCES, DAYS, st.sampled_from([dt.UTC, CAIRO, CASABLANCA, KIRITIMATI]))
def test_each_period_is_due_after_the_one_before(cadence, on, zone):
    period = Period.of(cadence, on)

    due, next_due = period.cutoff(3, zone), period.following.cutoff(3, zone)

    days = period.following.days
    assert abs(next_due - due - dt.timedelta(days=days)) <= dt.timedelta(hours=2)
    local = due.astimezone(zone)
    assert local.date() == period.last + dt.timedelta(days=3)
    assert local.hour in (0, 1)


@pytest.mark.parametrize(
    ("at", "newest"),
    [
        ("2022-08-02T23:59:59", "2022-06"),
        ("2022-08-03T00:00:00", "2022-07"),
        ("2024-03-03T00:00:00", "2024-02"),
        ("2025-01-02T12:00:00", "2024-11"),
        ("2025-01-03T00:00:00", "2024-12"),
    ],
)
def test_a_month_is_finished_at_the_moment_of_its_cutoff(at, newest):
    due = finished(Cadence.MONTHLY, moment(at), 3, since=dt.date(2020, 1, 1), most=3)

    assert str(due[-1]) == newest
    assert len(due) == 3


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (Cadence.DAILY, ["2021-01-01", "2021-01-02", "2021-01-03"]),
        (Cadence.WEEKLY, ["2020-W51", "2020-W52", "2020-W53"]),
        (Cadence.FORTNIGHTLY, ["2020-11-H2", "2020-12-H1", "2020-12-H2"]),
        (Cadence.MONTHLY, ["2020-10", "2020-11", "2020-12"]),
        (Cadence.QUARTERLY, ["2020-Q2", "2020-Q3", "2020-Q4"]),
        (Cadence.YEARLY, ["2018", "2019", "2020"]),
    ],
)
def test_the_last_three_finished_periods_are_made_up_for_oldest_first(cadence, expected):
    due = finished(cadence, moment("2021-01-04T00:00"), 1, since=dt.date(2000, 1, 1), most=3)

    assert [str(period) for period in due] == expected


@pytest.mark.parametrize("cadence", list(Cadence))
def test_a_period_is_finished_no_earlier_than_its_midnight(cadence):
    period = Period.of(cadence, day("2024-04-25"))
    due = period.cutoff(1, CAIRO)

    def newest(at):
        return finished(cadence, at, 1, since=dt.date(2020, 1, 1), most=1, zone=CAIRO)[-1]

    assert newest(due) == period
    assert newest(due - dt.timedelta(seconds=1)) == period.previous


def test_nothing_is_finished_from_before_a_schedule_began():
    due = finished(Cadence.MONTHLY, moment("2022-08-10T00:00"), 3, since=day("2022-07-15"), most=3)

    assert [str(period) for period in due] == ["2022-07"]


def test_a_period_is_named_in_the_language_of_the_report():
    with translation.override("fr"):
        labels = [Period.parse(text).label for text in ("2022-07", "2022-08-H1", "2022-Q1")]

    assert labels == ["juillet 2022", "1er–15 août 2022", "premier trimestre de 2022"]
