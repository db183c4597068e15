"""Around the bars: incidents one by one, campaigns and missions, and how late reports come in."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from incidents import timelines
from incidents.columns import select
from incidents.presentation import Options
from incidents.questions import IncidentQuestion
from incidents.timelines import lanes, lateness, spans
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


def marks(drawn):
    return {mark.words.split(":")[0]: mark for lane in drawn.lanes for mark in lane.marks}


# Lanes


def test_a_day_is_a_point_several_days_a_bar_and_an_uncertain_date_a_band():
    published_all("2022-07-22")
    make.published(day="2013-09-21", date_end=day("2013-09-24"), is_multiday=True)
    make.published(day="2025-10-01", date_end=day("2025-10-31"), date_precision="month")
    found = marks(timeline(lanes="country"))

    assert found["22 July 2022"].kind == "point small"
    assert found["21–24 September 2013"].kind == "days"
    band = found["October 2025"]
    assert band.kind == "band"
    left, right = band.d.split("M")[1].split(" ")[0], band.d.split("H")[1].split("V")[0]
    assert float(right) - float(left) == 31


def test_suspected_attribution_is_paler_and_more_deaths_are_larger():
    which = make.incident(day="2022-07-22", attribution="suspected", killed_low=60)
    make.part(which, attribution="suspected")
    make.through_the_door(which)

    assert marks(timeline(lanes="actor"))["22 July 2022"].kind == "point large unsure"


def test_lanes_by_actor_hold_those_who_did_it_not_their_targets():
    which = make.incident(day="2022-07-22")
    make.part(which, "jnim")
    make.part(which, "fama", role="target")
    make.through_the_door(which)

    drawn = timeline(lanes="actor")

    assert [lane.title for lane in drawn.lanes] == ["JNIM · 1"]
    assert "not of its targets" in drawn.notes[-1]


def test_incidents_of_one_day_do_not_hide_each_other():
    published_all("2022-07-22", "2022-07-22", "2022-07-22")
    heights = {
        mark.d.split(" ")[1].split("h")[0] for mark in timeline(lanes="country").lanes[0].marks
    }

    assert len(heights) == 3


def test_more_incidents_than_lanes_hold_are_refused_with_the_remedy(monkeypatch):
    published_all("2022-07-22", "2022-07-23")
    monkeypatch.setattr(lanes, "MOST", 1)
    drawn = timeline(lanes="country")

    assert drawn.lanes == []
    assert "at most 1; this question has 2. Add a filter" in drawn.notes[0]


# Background


def test_campaigns_of_the_country_lie_behind_and_lead_to_their_page():
    published_all("2022-07-22", "2022-09-22")
    wave = make.campaign(starts_on="2022-07-21", ends_on="2022-07-29", is_public=True)
    wave.countries.add(make.country("MLI"))
    drawn = timeline({"country": "MLI", "from": "2022-07", "to": "2022-09"})

    assert [(s.address, s.first, s.days) for s in drawn.spans] == [("/campaigns/wave/", 20, 9)]
    assert "wash" in [layer.kind for layer in drawn.sets[0].panels[0].layers]
    assert drawn.frames[0].words in render_to_string(
        "incidents/explorer/_timeline.html", {"timeline": drawn}
    )


def test_the_legend_says_what_the_colours_of_the_background_mean():
    published_all("2022-07-22")
    mali = make.country("MLI")
    for kind, more in (("series", {}), ("condition", {"condition_type": "siege"})):
        made = make.campaign(f"c-{kind}", kind=kind, is_public=True, **more)
        made.countries.add(mali)
    kinds = [entry.kind for entry in timeline({"country": "MLI"}).legend]

    assert kinds[:2] == ["span-campaign", "span-lasting"]


def test_a_campaign_that_readers_may_not_know_is_not_drawn():
    published_all("2022-07-22")
    wave = make.campaign(is_public=False)
    wave.countries.add(make.country("MLI"))
    make.tie(make.incident(day="2022-07-22"), wave)

    assert timeline({"country": "MLI"}).spans == []


def test_a_country_that_is_left_out_brings_no_background():
    published_all("2022-07-22", iso3="KEN")
    wave = make.campaign(is_public=True)
    wave.countries.add(make.country("MLI"))

    assert timeline({"country": "-MLI"}).spans == []


def test_spans_in_one_strip_do_not_touch():
    published_all("2022-01-01", "2022-12-31")
    for number, (start, end) in enumerate(
        [("01-01", "06-30"), ("03-01", "12-31"), ("08-01", "09-01")]
    ):
        made = make.campaign(
            f"c-{number}", starts_on=f"2022-{start}", ends_on=f"2022-{end}", is_public=True
        )
        made.countries.add(make.country("MLI"))
    drawn = timeline({"country": "MLI", "from": "2022", "to": "2022"}).spans

    assert [span.y for span in drawn] == [0.0, 18.0, 0.0]


def test_a_name_runs_on_over_free_days_and_is_cut_before_the_next_span():
    published_all("2022-01-01", "2022-12-31")
    mali = make.country("MLI")
    name = "A blockade of fuel on the roads to the capital, and of what goes with it in the north"
    for start, end in (("01-01", "02-20"), ("05-01", "12-31")):
        made = make.campaign(
            f"from-{start}", name=name, starts_on=f"2022-{start}", ends_on=f"2022-{end}",
        )  # fmt: skip
        made.countries.add(mali)
    cut, whole = timeline({"country": "MLI", "from": "2022", "to": "2022"}).spans

    assert (cut.room, cut.days) == (120, 51)
    assert name.startswith(cut.label.removesuffix("…"))
    assert len("A blockade of") < len(cut.label) < len(name)
    assert cut.label.endswith("…")
    assert whole.label == name


def test_a_name_of_which_too_little_could_be_read_is_left_out():
    assert spans.fitted("A long blockade", 15) == "A long blockade"
    assert spans.fitted("A long blockade", 9) == "A long b…"
    assert spans.fitted("A long blockade", 7) == ""


# How late incidents come in


def test_too_few_incidents_measure_no_delay():
    published_all("2022-07-22")

    assert lateness.measured(day("2022-08-01")) is None


def test_the_delay_is_measured_by_first_publication_of_what_happened_meanwhile():
    opened = dt.datetime(2022, 1, 1, 12, tzinfo=dt.UTC)
    make.published(day="2010-01-01", at=opened)
    for number in range(lateness.ENOUGH):
        happened = opened + dt.timedelta(days=number)
        make.published(day=happened.date().isoformat(), at=happened + dt.timedelta(days=1 + number))
    late = lateness.measured(day("2022-12-01"))

    assert (late.by, late.incidents, late.median, late.most) == ("publication", 20, 10, 18)


def test_recent_incidents_do_not_make_the_delay_look_short():
    opened = dt.datetime(2022, 1, 1, 12, tzinfo=dt.UTC)
    for number in range(lateness.ENOUGH):
        happened = opened + dt.timedelta(days=number)
        make.published(day=happened.date().isoformat(), at=happened)

    assert lateness.measured(day("2022-02-01")) is None
    assert lateness.measured(day("2022-12-01")).by == "publication"


def test_without_publications_the_delay_is_measured_by_the_earliest_dated_source():
    for number in range(lateness.ENOUGH):
        happened = day("2022-01-01") + dt.timedelta(days=number)
        which = make.incident(day=happened.isoformat(), sourced=False)
        published = happened + dt.timedelta(days=number % 4)
        document = make.document(
            f"d-{number}",
            published_from=published,
            published_to=published,
            published_precision="day",
        )
        make.citation(which, document.slug)
        make.through_the_door(which, at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    late = lateness.measured(day("2024-02-01"))

    assert (late.by, late.median, late.most) == ("source", 1, 3)


def test_the_days_after_the_last_event_of_an_import_are_shaded_and_said():
    published_all("2022-01-10", "2022-03-22", dataset="ucdp")
    drawn = timeline({"from": "2022", "to": "2022"}).sets[0]

    assert drawn.panels[0].layers[0].kind == "beyond"
    assert "no event after 22 March 2022" in drawn.notes[-1]
