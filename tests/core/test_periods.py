"""Periods of reference data in words."""

import datetime as dt

import pytest

from core.periods import loose_period, period

START, END = dt.date(1975, 5, 28), dt.date(2025, 1, 28)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((START, END), "28 May 1975 – 28 January 2025"),
        ((dt.date(2022, 7, 21), dt.date(2022, 7, 29)), "21–29 July 2022"),
        ((START, None), "since 28 May 1975"),
        ((dt.date(2017, 3, 1), None, "month"), "since March 2017"),
        ((None, dt.date(2013, 12, 31), "unknown", "year"), "until 2013"),
        ((None, None), "dates not known"),
    ],
)
def test_a_period_is_said_as_far_as_it_is_known(arguments, words):
    assert period(*arguments) == words


def test_an_end_is_said_no_more_precisely_than_it_was_stored():
    march = period(dt.date(2019, 3, 1), dt.date(2022, 3, 31), "month", "month")

    assert march == "March 2019 – March 2022"


def test_without_stored_precision_whole_months_are_said_as_months():
    assert loose_period(dt.date(2007, 3, 1), dt.date(2014, 12, 31)) == "March 2007 – December 2014"
    assert loose_period(dt.date(2012, 2, 22), None) == "since 22 February 2012"
