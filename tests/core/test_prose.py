"""Dates and numbers in words say how sure they are."""

import datetime as dt

import pytest
from django.utils import translation

from core import prose


@pytest.mark.parametrize(
    ("first", "last", "precision", "is_multiday", "words"),
    [
        ("2022-07-21", "2022-07-21", "day", False, "on 21 July 2022"),
        ("2013-09-21", "2013-09-24", "day", True, "from 21 to 24 September 2013 (four days)"),
        ("2025-10-28", "2025-10-29", "day_range", False, "on 28 or 29 October 2025"),
        (
            "2025-10-21", "2025-10-31", "day_range", False,
            "between 21 and 31 October 2025 (exact day not known)",
        ),
        (
            "2022-12-30", "2023-01-02", "day", True,
            "from 30 December 2022 to 2 January 2023 (four days)",
        ),
        ("2025-10-01", "2025-10-31", "month", False, "in October 2025 (exact day not known)"),
        (
            "2025-07-01", "2025-09-30", "quarter", False,
            "in the third quarter of 2025 (exact day not known)",
        ),
        ("2017-01-01", "2017-12-31", "year", False, "in 2017 (exact day not known)"),
        (
            "2022-03-10", "2022-04-05", "month", False,
            "between 10 March and 5 April 2022 (exact day not known)",
        ),
    ],
)  # fmt: skip
def test_duration_and_uncertainty_read_differently(first, last, precision, is_multiday, words):
    assert prose.when(first, last, precision, is_multiday) == words


@pytest.mark.parametrize(
    ("first", "last", "precision", "is_multiday", "words"),
    [
        ("2013-09-21", "2013-09-24", "day", True, "21–24 September 2013"),
        ("2025-10-28", "2025-10-29", "day_range", False, "28 or 29 October 2025"),
        ("2025-10-21", "2025-10-31", "day_range", False, "between 21 and 31 October 2025"),
        ("2025-10-01", "2025-10-31", "month", False, "October 2025"),
        ("2017-01-01", "2017-12-31", "year", False, "2017"),
    ],
)
def test_the_short_form_keeps_the_difference(first, last, precision, is_multiday, words):
    assert prose.when_short(first, last, precision, is_multiday) == words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (67, 67, 67, "67"),
        (49, 77, 154, "49 to 154"),
        (5, 5, None, "at least 5"),
        (5, None, None, "at least 5"),
        (None, None, 8, "up to 8"),
        (None, 20, None, "20"),
        (None, None, None, "not known"),
        (0, 0, 0, "0"),
        (1193, 1193, 1193, "1,193"),
    ],
)
def test_a_triple_is_said_without_inventing_a_number(low, best, high, words):
    assert prose.span(low, best, high) == words


def test_a_best_estimate_is_named_only_inside_a_range():
    assert prose.best_note(49, 77, 154) == "best estimate 77"
    assert prose.best_note(67, 67, 67) == ""
    assert prose.best_note(5, 5, None) == ""


def test_french_has_its_own_months_ordinals_and_separators():
    with translation.override("fr"):
        assert prose.when("2013-09-01", "2013-09-04", "day", True) == (
            "du 1er au 4 septembre 2013 (quatre jours)"
        )
        assert prose.span(1193, 1193, 1193).replace("\u202f", " ").replace("\xa0", " ") == "1 193"
        assert prose.span(None, None, None) == "inconnu"


@pytest.mark.parametrize(("language", "words"), [("en", "Aug 2022"), ("fr", "août 2022")])
def test_a_month_on_an_axis_is_as_short_as_the_language_makes_it(language, words):
    with translation.override(language):
        assert prose.brief(dt.date(2022, 8, 1), "M Y") == words


def test_parts_and_labels_are_set_apart_as_each_language_does():
    assert prose.listed(["one, two", "", "three"]) == "one, two; three"
    assert prose.labelled("Period", "July 2022") == "Period: July 2022"
    with translation.override("fr"):
        assert prose.listed(["un, deux", "", "trois"]) == "un, deux\u00a0; trois"
        assert prose.labelled("Période", "juillet 2022") == "Période\u00a0: juillet 2022"
