"""Chart geometry: what is drawn is what was counted."""

import csv
import datetime as dt
import html
import io
import re
import struct
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from core import intervals
from incidents import charts
from incidents.charts import bars, files, picture
from incidents.rollups import Group, HarmSum
from incidents.takeaway import kinds
from tests import make


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


def test_deaths_that_nobody_counted_are_not_drawn_as_zero():
    none = Group(dt.date(2020, 1, 1), 2, HarmSum(0, 0, None, missing=2))
    zero = Group(dt.date(2021, 1, 1), 2, HarmSum(0, 0, 0))
    unknown, known = charts.by_year([none, zero]).bars

    assert (unknown.is_unknown, unknown.is_open) == (True, False)
    assert (known.is_unknown, known.is_open) == (False, False)


def test_the_grid_has_few_round_values_that_hold_the_tallest_bar():
    chart = charts.by_year([year(2020, 17, 100, 640, 2450)])

    assert chart.upper[-1].value >= 17
    assert chart.lower[-1].value >= 2450
    assert len(chart.lower) <= 5


def test_nothing_to_draw_is_no_chart():
    assert charts.by_year([]) is None
    assert charts.by_year([year(2001, 1, 1, 1, 1)], first=2010) is None


def test_small_multiples_share_one_scale():
    few, many = charts.side_by_side(
        [
            [(year(2020, 5, 1, 2, 3), "2020")],
            [(year(2020, 50, 100, 200, 300), "2020")],
        ]
    )

    assert [t.value for t in few.upper] == [t.value for t in many.upper]
    assert [t.value for t in few.lower] == [t.value for t in many.lower]
    assert many.bars[0].height == few.bars[0].height * 10


def test_a_phone_has_the_same_years_on_a_narrower_drawing_without_touching_labels():
    groups = [Group(dt.date(year, 1, 1), year - 1989, HarmSum()) for year in range(1990, 2024)]
    wide = charts.by_year(groups)
    small = wide.for_a_phone
    places = [bar.middle for bar in small.bars if bar.label]

    assert small.width < 360 < wide.width
    assert [bar.incidents for bar in small.bars] == [bar.incidents for bar in wide.bars]
    assert min(b - a for a, b in pairwise(places)) >= len("2023") * 6


def test_labels_of_an_axis_keep_their_distance():
    months = [(Group(dt.date(2020, n, 1), 1, HarmSum()), "September 2020") for n in range(1, 13)]
    chart = charts.histogram(months, width=460)
    places = [bar.middle for bar in chart.bars if bar.label]

    assert len(places) > 1
    assert min(b - a for a, b in pairwise(places)) >= len("September 2020") * 6


def test_the_longest_bars_of_a_breakdown_leave_room_for_their_numbers():
    drawn = bars.breakdown([(Group("RWA", 1783, HarmSum(237_936, 500_000, 1_161_310)), "Rwanda")])

    assert drawn.rows[0].killed_end + 20 * 6 <= drawn.width
    assert drawn.rows[0].incidents_end + 8 * 6 <= drawn.killed_x
    assert bars.breakdown([]) is None


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [
        ("2024-01-01", "2024-02-15", "day"),
        ("2024-01-01", "2024-12-31", "week"),
        ("2020-01-01", "2024-12-31", "month"),
        ("2010-01-01", "2024-12-31", "quarter"),
        ("1998-08-07", "2026-01-31", "year"),
    ],
)
def test_the_interval_fits_the_span(first, last, interval):
    span = dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    assert intervals.fitting(*span) == interval
    assert intervals.number(*span, interval) == len(intervals.periods(*span, interval))


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.integers(0, 900),
    st.sampled_from(intervals.INTERVALS),
)
def test_periods_cover_every_day_once(first, days, interval):
    last = first + dt.timedelta(days=days)
    starts = intervals.periods(first, last, interval)

    assert starts[0] <= first
    assert starts[-1] <= last <= intervals.last_day(starts[-1], interval)
    assert all(intervals.last_day(a, interval) + dt.timedelta(1) == b for a, b in pairwise(starts))
    assert len(starts) == intervals.number(first, last, interval)


def said(answer):
    """The words of a picture; it must be well-formed XML."""
    return " ".join(ElementTree.fromstring(answer.content).itertext())  # noqa: S314 - our own


@pytest.fixture
def shown(db):
    """Two incidents of Vigil and one of another data set."""
    for day, iso3, killed, dataset in (
        ("2022-07-22", "MLI", 3, "vigil"),
        ("2023-07-22", "NER", 4, "vigil"),
        ("2022-07-23", "MLI", 5, "ucdp"),
    ):
        made = make.incident(
            day=day, iso3=iso3, dataset=dataset,
            killed_low=killed, killed_best=killed, killed_high=killed,
        )  # fmt: skip
        make.part(made, "jnim")
        make.through_the_door(made)


@pytest.mark.parametrize("kind", ["timeline", "breakdown"])
def test_a_picture_says_title_question_source_date_and_licence(client, shown, kind):
    answer = client.get(f"/charts/{kind}.svg?country=MLI,NER&dataset=vigil")
    words = said(answer)

    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "Incidents and people killed" in words
    assert "Incidents in Mali or Niger" in words
    assert "Source: Vigil. Licence: CC BY 4.0." in words
    assert "The record as of" in words
    assert "as_of=" in words


def test_a_picture_has_no_style_sheet_that_the_policy_would_refuse(client, shown):
    text = client.get("/charts/timeline.svg?dataset=vigil").content.decode()

    assert "<style" not in text
    assert "style=" not in text
    assert "<script" not in text
    assert 'fill="#' in text


def test_words_of_readers_stay_words_in_a_picture(client, shown):
    answer = client.get("/charts/timeline.svg", {"q": "<script>alert(1)</script> & Kati"})

    assert b"<script" not in answer.content
    assert "alert(1)" in said(answer)


def test_a_png_is_drawn_at_twice_the_size_with_letters_in_it(client, shown):
    svg = client.get("/charts/timeline.svg?dataset=vigil").content.decode()
    png = client.get("/charts/timeline.png?dataset=vigil")
    width, height = struct.unpack(">II", png.content[16:24])
    size = [float(re.search(rf'{side}="([0-9.]+)"', svg)[1]) for side in ("width", "height")]
    without_words = re.sub(r"<text.*?</text>", "", svg, flags=re.DOTALL)

    assert png["Content-Type"] == "image/png"
    assert png.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert (width, height) == tuple(round(2 * side) for side in size)
    # Without a font the letters would be missing, and both pictures the same.
    assert picture.png(svg) != picture.png(without_words)


def test_data_sets_stand_apart_in_a_timeline_and_are_refused_in_a_breakdown(client, shown):
    rows = list(csv.DictReader(io.StringIO(_csv(client, "timeline", interval="year"))))
    refused = client.get("/charts/breakdown.svg")

    assert [(r["dataset"], r["period_start"], r["incidents"]) for r in rows] == [
        ("vigil", "2022-01-01", "1"),
        ("vigil", "2023-01-01", "1"),
        ("ucdp", "2022-01-01", "1"),
        ("ucdp", "2023-01-01", "0"),
    ]
    assert refused.status_code == 400
    assert "<code>dataset</code>" in refused.content.decode()


@pytest.mark.parametrize("asked", ["layer=clusters", "layer=countries", "layer=areas"])
def test_a_map_is_drawn_with_the_rows_of_its_table(client, shown, asked):
    rows = list(
        csv.DictReader(io.StringIO(_csv(client, "map", dataset="vigil", **dict(parse_qsl(asked)))))
    )
    drawn = client.get(f"/charts/map.svg?{asked}&dataset=vigil")
    page = client.get(f"/incidents/?{asked}&dataset=vigil")

    assert "Outlines: Natural Earth" in said(drawn)
    assert client.get(f"/charts/map.png?{asked}").content.startswith(b"\x89PNG")
    if asked != "layer=areas":
        assert {r["place"]: r["incidents"] for r in rows} == {"Mali": "1", "Niger": "1"}
    assert [row.name for row in page.context["map"].rows] == [row["place"] for row in rows]


def test_a_map_of_several_data_sets_draws_one_and_says_which(client, shown):
    words = said(client.get("/charts/map.svg?country=MLI"))

    assert "alone: data sets may hold the same event" in words
    assert words.count("Source:") == 1


@pytest.mark.parametrize("stack", ["group", "type", "country", "actor"])
def test_the_parts_of_a_timeline_have_a_panel_each_on_one_scale(client, shown, stack):
    asked = {"stack": stack, "dataset": "vigil", "interval": "year"}
    chart = kinds.of("timeline", QueryDict(urlencode(asked)))
    facets = client.get("/api/v1/incidents/facets/?dataset=vigil").json()["facets"][stack]
    rows = list(csv.DictReader(io.StringIO(_csv(client, "timeline", **asked))))

    assert len({str(panel.drawing.upper) for panel in chart.panels}) == 1
    assert len(chart.panels) == len({row[stack] for row in rows})
    for facet in facets:
        mine = [int(r["incidents"]) for r in rows if r[stack] == facet["value"]]
        assert sum(mine) == facet["incidents"]


def test_parts_of_several_data_sets_are_refused(client, shown):
    assert client.get("/charts/timeline.svg?stack=group").status_code == 400
    assert client.get("/charts/timeline.svg?stack=dataset").status_code == 200


def test_the_file_of_a_timeline_adds_up_to_the_api(client, shown):
    rows = list(csv.DictReader(io.StringIO(_csv(client, "timeline", dataset="vigil"))))
    api = client.get("/api/v1/incidents/timeline/?dataset=vigil").json()

    assert sum(int(r["incidents"]) for r in rows) == api["count"] == 2
    assert sum(int(r["killed_best"]) for r in rows) == api["killed"]["best"] == 7


@pytest.mark.parametrize("by", bars.DIVISIONS)
def test_a_breakdown_by_every_attribute_counts_what_the_facets_count(client, shown, by):
    asked = {} if by == "dataset" else {"dataset": "vigil"}
    rows = list(csv.DictReader(io.StringIO(_csv(client, "breakdown", by=by, **asked))))
    facets = client.get("/api/v1/incidents/facets/", asked).json()["facets"]
    counted = {r[by].partition(":")[0]: int(r["incidents"]) for r in rows}

    assert counted == {one["value"]: one["incidents"] for one in facets[by] if one["incidents"]}


def test_suspected_actors_have_rows_of_their_own_in_a_breakdown(client, db):
    for attribution in ("confirmed", "suspected"):
        made = make.incident(attribution=attribution)
        make.part(made, "jnim", attribution=attribution)
        make.through_the_door(made)
    rows = list(csv.DictReader(io.StringIO(_csv(client, "breakdown", by="actor"))))

    assert [(r["actor"], r["label"], r["incidents"]) for r in rows] == [
        ("jnim:attributed", "JNIM", "1"),
        ("jnim:suspected", "JNIM (suspected)", "1"),
    ]


def test_a_label_that_begins_like_a_formula_is_not_run_by_a_spreadsheet(client, shown):
    query = {"a.q": "=1+1", "b.q": "Kati", "dataset": "vigil", "interval": "year"}
    rows = list(csv.DictReader(io.StringIO(_csv(client, "compare", **query))))
    labels = {row["question"] for row in rows}

    assert not [label for label in labels if label.startswith(("=", "+", "-", "@"))]
    assert files.safe("=1+1") == "'=1+1"
    assert files.safe(-5) == -5


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/charts/pie.svg", 404),
        ("/charts/timeline.gif", 404),
        ("/charts/timeline.svg?country=XXX", 400),
        ("/charts/timeline.png?colour=red", 400),
        ("/charts/breakdown.csv?by=mood", 400),
    ],
)
def test_other_kinds_forms_and_words_are_refused(client, shown, path, status):
    assert client.get(path).status_code == status


@pytest.mark.parametrize("kind", ["timeline", "breakdown"])
def test_an_empty_answer_is_a_picture_that_says_so(client, shown, kind):
    make.country("KEN")
    answer = client.get(f"/charts/{kind}.svg?country=KEN")

    assert "No published incident answers this question." in answer.content.decode()
    assert client.get(f"/charts/{kind}.png?country=KEN").content.startswith(b"\x89PNG")


def test_a_picture_speaks_the_language_of_the_reader(client, shown):
    text = client.get(
        "/charts/timeline.svg?dataset=vigil", headers={"Accept-Language": "fr"}
    ).content.decode()

    assert "Tués" in text


def test_a_chart_on_a_page_can_be_taken_away_as_it_is_drawn(client, shown):
    page = client.get("/").content.decode()
    links = re.findall(r'href="(/charts/[^"]+)"', page)

    assert {link.partition("?")[0] for link in links} == {
        "/charts/timeline.svg", "/charts/timeline.png", "/charts/timeline.csv",
        "/charts/timeline.link",
    }  # fmt: skip
    assert [client.get(html.unescape(link)).status_code for link in links] == [200, 200, 200, 302]


def _csv(client, kind, **asked):
    return client.get(f"/charts/{kind}.csv", asked).content.decode()
