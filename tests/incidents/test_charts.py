"""Chart geometry: what is drawn is what was counted."""

import datetime as dt

from incidents import charts
from incidents.rollups import Group, HarmSum


def year(number, incidents, low, best, high):
    return Group(dt.date(number, 1, 1), incidents, HarmSum(low, best, high))


def test_years_without_incidents_keep_their_place():
    chart = charts.by_year([year(2020, 1, 1, 1, 1), year(2023, 2, 5, 6, 9)])

    assert [bar.key.year for bar in chart.bars] == [2020, 2021, 2022, 2023]
    assert chart.bars[1].incidents == 0
    assert chart.bars[1].height == 0


def test_heights_are_proportional_and_stand_on_the_axis():
    chart = charts.by_year([year(2020, 5, 10, 10, 10), year(2021, 10, 20, 30, 40)])
    one, two = chart.bars

    assert two.height == one.height * 2
    assert two.top + two.height == chart.upper_foot
    assert two.low_height == one.low_height * 2
    assert two.range_top + two.range_height + two.low_height == chart.lower_foot


def test_an_open_range_is_marked_and_reaches_the_best_estimate():
    chart = charts.by_year([year(2020, 2, 5, 8, None)])

    assert chart.bars[0].is_open
    assert chart.bars[0].range_top == chart.bars[0].best


def test_the_grid_has_few_round_values_that_hold_the_tallest_bar():
    chart = charts.by_year([year(2020, 17, 100, 640, 2450)])

    assert chart.upper[-1].value >= 17
    assert chart.lower[-1].value >= 2450
    assert len(chart.lower) <= 5


def test_nothing_to_draw_is_no_chart():
    assert charts.by_year([]) is None
    assert charts.by_year([year(2001, 1, 1, 1, 1)], first=2010) is None
