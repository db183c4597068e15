"""Periods as bars on a common axis."""

import datetime as dt

from core.timeline import Axis, Span

TODAY = dt.date(2026, 6, 30)


def day(year, month=1, number=1):
    return dt.date(year, month, number)


def test_the_axis_runs_from_the_earliest_year_to_the_end_of_this_one():
    axis = Axis.around([Span(day(2017, 3, 2), None, "a"), Span(day(2012), day(2013), "b")], TODAY)

    assert (axis.first, axis.last) == (day(2012), day(2026, 12, 31))


def test_an_open_span_runs_to_the_edge_and_one_day_can_be_seen():
    axis = Axis(day(2000), day(2010))

    assert axis.bar(Span(day(2000), None, "a")).width == "100.00%"
    assert axis.bar(Span(day(2005), day(2005), "a")).width == "0.50%"


def test_days_outside_the_axis_are_drawn_at_its_edge():
    axis = Axis(day(2000), day(2010))

    assert axis.x(day(1990)) == "0.00%"
    assert axis.x(day(2020)) == "100.00%"


def test_there_are_at_most_six_round_years_on_a_long_axis():
    ticks = Axis(day(1963), day(2026, 12, 31)).ticks

    assert [tick.label for tick in ticks] == ["1980", "2000", "2020"]


def test_a_short_axis_is_marked_in_months():
    axis = Axis.within([Span(day(2025, 9, 3), day(2025, 10, 26), "a")], day(2025, 11, 10))

    assert [tick.label for tick in axis.ticks] == ["Oct 2025"]


def test_an_axis_without_spans_is_still_an_axis():
    assert Axis.around([], TODAY).ticks
    assert Axis.within([], TODAY).ticks


def test_months_are_few_and_a_january_is_marked_by_its_year():
    ticks = Axis(day(2025, 7, 1), day(2026, 11, 21)).ticks

    assert [tick.label for tick in ticks] == ["Jul 2025", "2026", "Jul"]
