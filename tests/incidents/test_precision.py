"""Precision in words: what an interval and a mark on the map mean."""

import pytest

from incidents import precision
from incidents.choices import GeoPrecision


def date(start, end, exactness="day", is_multiday=False):
    return {"start": start, "end": end, "precision": exactness, "is_multiday": is_multiday}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (date("2013-09-21", "2013-09-24", is_multiday=True), "This is duration, not doubt"),
        (date("2022-07-22", "2022-07-22"), "The day is known"),
        (date("2025-10-28", "2025-10-29", "day_range"), "one of these two days"),
        (date("2025-10-01", "2025-10-31", "month"), "in this month"),
        (date("2015-01-01", "2015-12-31", "year"), "in this year"),
        (date("2024-01-29", "2024-02-02", "week", True), "not known exactly"),
    ],
)
def test_a_duration_is_told_from_doubt(given, told):
    assert told in precision.of_date(given)


def test_an_incident_across_two_months_counts_in_the_first():
    assert "January 2024" in precision.of_period(date("2024-01-31", "2024-02-02"))
    assert precision.of_period(date("2024-01-01", "2024-01-02")) == ""


@pytest.mark.parametrize("fineness", GeoPrecision.values)
def test_every_precision_of_a_place_says_what_the_map_shows(fineness):
    assert precision.of_place({"precision": fineness, "latitude": 12.7}).startswith("On the map")


def test_a_place_without_a_point_shades_the_country_whatever_its_precision():
    shaded = precision.of_place({"precision": "admin1", "latitude": None})

    assert "whole country is shaded" in shaded


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (date("2022-07-22", "2022-07-22"), "2022-07-22"),
        (date("2025-10-01", "2025-10-31", "month"), "2025-10"),
        (date("2015-01-01", "2015-12-31", "year"), "2015"),
        (date("2025-10-28", "2025-10-29", "day_range"), "2025-10-28/2025-10-29"),
    ],
)
def test_an_interval_for_machines_is_no_finer_than_what_is_known(given, told):
    assert precision.iso_interval(given) == told
