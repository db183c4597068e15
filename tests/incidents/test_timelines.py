"""The timeline draws what was counted, and says what it does not know."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from core import intervals
from incidents import rollups, timelines
from incidents.columns import select
from incidents.models import PublishedIncident
from incidents.presentation import Options
from incidents.questions import IncidentQuestion
from incidents.timelines.axis import Axis
from tests import make

pytestmark = pytest.mark.django_db


def timeline(asked=None, **options):
    question = IncidentQuestion(asked or {})
    return timelines.build(question, select(question), Options(**options))


def day(text):
    return dt.date.fromisoformat(text)


def published_all(*days, **more):
    for one in days:
        make.published(day=one, **more)


# The axis


def test_an_axis_runs_from_the_first_day_to_the_end_of_the_last():
    axis = Axis(day("2022-07-01"), day("2022-07-31"))

    assert axis.days == 31
    assert (axis.at(day("2022-07-01")), axis.after(day("2022-07-31"))) == (0, 31)
    assert (axis.at(day("2021-01-01")), axis.after(day("2030-01-01"))) == (0, 31)


@pytest.mark.parametrize("days", [1, 6, 20, 45, 100, 300, 800, 3000, 13500, 40000, 740_000])
def test_ticks_are_few_and_inside_whatever_the_length(days):
    first = day("1915-03-13")
    axis = Axis(first, first + dt.timedelta(days=days - 1))
    places = [float(tick.x.rstrip("%")) for tick in axis.ticks]

    assert 1 <= len(places) <= 7
    assert places == sorted(set(places))
    assert all(0 <= place < 100 for place in places)


def test_without_dates_the_axis_holds_the_incidents_and_a_short_silence_up_to_today():
    published_all("2020-01-10", "2022-07-22")
    drawn = timelines.build(*asked_on("2022-09-01"))

    assert (drawn.first, drawn.last) == (day("2020-01-01"), day("2022-09-01"))


def test_a_long_silence_is_not_drawn_unless_its_days_were_asked():
    published_all("2020-01-10", "2020-03-22")

    assert timelines.build(*asked_on("2026-09-01")).last == day("2020-03-31")
    assert timelines.build(*asked_on("2026-09-01", {"from": "2020"})).last == day("2026-09-01")


def asked_on(today, asked=None):
    moment = dt.datetime.combine(day(today), dt.time(12), tzinfo=dt.UTC)
    question = IncidentQuestion(asked or {}, at=moment)
    return question, select(question), Options()


def test_asked_dates_are_the_axis_and_choose_fitting_bars():
    published_all("2022-07-21", "2022-07-27")

    drawn = timeline({"from": "2022-07-21", "to": "2022-07-29"})
    assert (drawn.first, drawn.days, drawn.interval) == (day("2022-07-21"), 9, "day")
    assert timeline({"from": "2000", "to": "2024"}).interval == "year"


def test_the_first_and_last_years_that_a_date_can_name_are_drawn():
    published_all("2022-07-22")

    drawn = timeline({"from": "0001", "to": "9999"}, interval="day")
    assert (drawn.first, drawn.last) == (dt.date.min, dt.date.max)
    assert [p.incidents for p in drawn.sets[0].periods] == [1]


def test_nothing_to_draw_is_no_timeline():
    assert timeline() is None


# Bars


def test_the_periods_are_the_sums_of_the_record():
    for number, one in enumerate(["2022-01-05", "2022-01-31", "2022-02-01", "2023-12-31"]):
        make.published(day=one, killed_low=number, killed_best=number + 1)
    drawn = timeline(interval="month")

    rows = [(p.first, p.incidents, p.killed) for p in drawn.sets[0].periods]
    expected = rollups.by_period(PublishedIncident.objects.current(), "month")
    assert rows == [(group.key, group.incidents, group.killed) for group in expected]


def test_bars_stand_on_the_foot_and_are_as_high_as_their_number():
    published_all("2022-01-05", "2022-01-06", "2022-02-01")
    panel = timeline({"from": "2022-01", "to": "2022-02"}, interval="month").sets[0].panels[0]
    bars = next(layer.d for layer in panel.layers if layer.kind == "bar").split("z")[:2]
    tops = [float(bar.split("V")[1].split("H")[0]) for bar in bars]

    assert [panel.height - top for top in tops] == [panel.height, panel.height / 2]


def test_drafts_are_not_drawn():
    make.published(day="2022-07-22")
    make.incident(day="2022-07-23")

    assert sum(p.incidents for p in timeline().sets[0].periods) == 1


def test_the_past_is_drawn_as_it_was_known():
    make.published(day="2022-07-22", at=dt.datetime(2022, 8, 1, tzinfo=dt.UTC))
    make.published(day="2022-07-23", at=dt.datetime(2022, 9, 1, tzinfo=dt.UTC))
    drawn = timeline({"as_of": "2022-08-15", "from": "2022-07-01"}, interval="month")

    assert [p.incidents for p in drawn.sets[0].periods] == [1]
    assert drawn.last == day("2022-08-15")


def test_two_data_sets_are_drawn_side_by_side_and_never_added():
    published_all("2022-07-22", "2022-07-23")
    published_all("2022-07-22", dataset="ucdp")
    drawn = timeline()

    assert [(one.name, sum(p.incidents for p in one.periods)) for one in drawn.sets] == [
        ("Vigil", 2),
        ("UCDP GED", 1),
    ]
    assert "must not be added" in rendered(drawn)


@pytest.mark.parametrize(("stack", "names"), [
    ("group", ["armed assault", "explosion"]),
    ("type", ["Assault on a base or post", "Suicide vehicle bomb"]),
    ("country", ["Mali", "Kenya"]),
])  # fmt: skip
def test_the_parts_of_a_bar_add_up_to_it(stack, names):
    published_all("2022-07-22", "2022-08-22")
    published_all("2022-07-23", type_code="EXP-SVB", iso3="KEN")
    drawn = timeline(stack=stack, interval="month")

    assert [entry.words for entry in drawn.parts] == names
    assert [(p.incidents, list(p.parts)) for p in drawn.sets[0].periods] == [
        (2, [1, 1]),
        (1, [1, 0]),
    ]


def test_an_incident_with_several_actors_counts_in_the_row_of_each_but_once_in_the_bar():
    which = make.incident(day="2022-07-22")
    make.part(which, "jnim")
    make.part(which, "katiba-macina")
    make.through_the_door(which)
    drawn = timeline(stack="actor")

    assert drawn.sets[0].periods[0].incidents == 1
    assert list(drawn.sets[0].periods[0].parts) == [1, 1]
    assert "counted in the row of each" in rendered(drawn)


def test_dates_vaguer_than_a_bar_are_striped_and_said():
    make.published(day="2022-07-01", date_end=day("2022-07-31"), date_precision="month")
    published_all("2022-07-01")

    by_day = timeline({"from": "2022-07", "to": "2022-07"}, interval="day").sets[0]
    assert "vague" in [layer.kind for layer in by_day.panels[0].layers]
    assert "1 incident is known less exactly than to the day" in " ".join(by_day.notes)
    by_month = timeline({"from": "2022-07", "to": "2022-07"}, interval="month").sets[0]
    assert "vague" not in [layer.kind for layer in by_month.panels[0].layers]


def test_an_incident_that_began_before_the_asked_days_is_counted_in_the_table_and_said():
    make.published(day="2013-09-21", date_end=day("2013-09-24"), is_multiday=True)
    drawn = timeline({"from": "2013-09-23", "to": "2013-09-30"})

    assert drawn.first == day("2013-09-23")
    assert [p.first for p in drawn.sets[0].periods] == [day("2013-09-21")]
    assert "began before 23 September 2013" in " ".join(drawn.sets[0].notes)


def test_too_many_bars_are_drawn_coarser_and_said():
    published_all("1990-01-01", "2022-01-01")
    drawn = timeline(interval="day")

    assert drawn.interval == "month"
    assert "too many bars" in drawn.notes[0]
    assert intervals.number(drawn.first, drawn.last, "month") <= intervals.LONGEST


def test_unknown_deaths_are_no_zero():
    published_all("2022-07-22")
    killed = timeline().sets[0].panels[1]

    assert [layer.kind for layer in killed.layers] == []


def test_an_open_highest_figure_has_a_stalk():
    make.published(day="2022-07-22", killed_low=5, killed_best=8)

    assert "open" in [layer.kind for layer in timeline().sets[0].panels[1].layers]


# The page


def rendered(drawn):
    return render_to_string("incidents/explorer/_timeline.html", {"timeline": drawn})


def test_every_period_of_the_table_leads_to_its_days_alone():
    published_all("2022-07-22")
    html = rendered(timeline({"country": "MLI"}, interval="month"))

    assert 'href="/incidents/?country=MLI&amp;from=2022-07-01&amp;to=2022-07-31"' in html


def test_the_drawing_is_said_in_words_and_carries_no_style():
    make.published(day="2022-07-22", killed_low=3, killed_best=4, killed_high=9)
    html = rendered(timeline(interval="month"))

    assert "1 incident: July 2022." in html
    assert "Most people killed: July 2022 (3 to 9)." in html
    assert "style=" not in html


def test_other_days_are_a_link_away_while_dates_are_asked():
    published_all("2022-07-22")

    moves = {m.kind: m.query for m in timeline({"from": "2022-07-01", "to": "2022-07-31"}).moves}
    assert moves["earlier"] == "from=2022-05-31&to=2022-06-30"
    assert moves["later"] == "from=2022-08-01&to=2022-08-31"
    assert moves["all"] == ""
    assert timeline().moves == []
