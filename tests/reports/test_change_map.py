"""The map of the change: coloured by a stated rule, told in words, its numbers in the table."""

import pytest
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Incident
from incidents.takeaway.world import FILLS
from reports.rules import arrows
from tests import make
from tests.reports.conftest import Written, planned, schedule, section, table

GAO, MOPTI, KAYES = ("mli-gao", "Gao"), ("mli-mopti", "Mopti"), ("mli-kayes", "Kayes")


def attacks(area, month, number, killed=1):
    slug, name = area
    for day in range(1, number + 1):
        made = make.incident(
            day=f"2022-{month:02}-{day:02}", place=name, killed_low=killed, killed_best=killed,
            killed_high=killed,
        )  # fmt: skip
        made.locations.update(admin1=make.area(slug, "MLI", name=name))


def publish():
    desk.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())


@pytest.fixture
def june_and_july(db):
    """More in Gao with fewer deaths, an end in Mopti, about the same in Kayes."""
    attacks(GAO, 6, 2, killed=20)
    attacks(GAO, 7, 6, killed=1)
    attacks(MOPTI, 6, 5, killed=4)
    attacks(KAYES, 6, 3)
    attacks(KAYES, 7, 3)
    publish()


def drawn(report):
    found = [b for b in section(report, "map")["blocks"] if b.get("key") == "change"]
    return found[0] if found else None


def fills(report, level):
    """Outlines of one class in both maps; the legend has a box of each besides."""
    return report.pictures["change"].count(f'fill="{FILLS[f"change level-{level}"]}" stroke=')


def test_the_words_beside_the_map_name_what_changed(june_and_july):
    block = drawn(Written(planned(), "map", "areas"))

    assert block["title"] == "Change from June 2022 to July 2022"
    assert block["alt"] == (
        "Two maps of the change against the period before. Incidents: large increase in Gao; "
        "decrease in Mopti. People killed: decrease in Gao, Mopti."
    )


def test_each_outline_has_the_colour_of_its_class(june_and_july):
    report = Written(planned(), "map", "areas")

    assert fills(report, 5) == 1  # Gao: incidents
    assert fills(report, 1) == 3  # Mopti: incidents; Gao and Mopti: deaths
    assert fills(report, 3) == 1  # Kayes: incidents
    assert fills(report, 0) == 1  # Kayes: three deaths in each period tell nothing
    assert "from −25% to +10%" in report.pictures["change"]


def test_the_table_has_the_numbers_also_of_places_where_all_was_over(june_and_july):
    report = Written(planned(), "map", "areas")
    rows = {row["place"]["text"]: row for row in table(report, drawn(report)["table"])}

    assert list(rows) == ["Gao", "Kayes", "Mopti"]
    assert rows["Gao"]["incidents_change"]["text"] == "+4 (+200%)"
    assert rows["Mopti"]["incidents"] == {
        "text": "0", "value": 0, "key": "area.mli-mopti",
    }  # fmt: skip
    assert rows["Mopti"]["incidents_change"]["text"] == "−5 (−100%)"
    assert rows["Mopti"]["killed_change"]["value"] == -20


def test_the_map_is_drawn_alike_each_time(june_and_july):
    job = planned()

    assert Written(job, "map").pictures == Written(job, "map").pictures


def test_the_map_speaks_french(june_and_july):
    report = Written(planned(schedule(slug="monthly-mli-fr", language="fr")), "map")

    assert "juin 2022" in drawn(report)["title"]
    assert "Contours" in report.pictures["change"]


def test_a_continental_report_colours_countries(june_and_july):
    report = Written(planned(schedule(slug="africa", country=None)), "map", "countries")

    assert drawn(report)["table"] == "countries"
    assert "People killed: decrease in Mali." in drawn(report)["alt"]


def test_without_a_change_that_can_be_told_there_is_no_map(db):
    attacks(GAO, 6, 2)
    attacks(GAO, 7, 1)
    publish()

    assert drawn(Written(planned(), "map")) is None


def test_the_report_of_an_area_has_no_parts_to_colour(june_and_july):
    area = make.area(*GAO[:1])
    of_area = schedule(slug="monthly-gao-en", country=None, area=area)

    assert drawn(Written(planned(of_area), "map")) is None


def test_deaths_that_nobody_counted_are_not_coloured(db):
    attacks(GAO, 6, 4, killed=10)
    attacks(GAO, 7, 4, killed=None)
    publish()

    assert drawn(Written(planned(), "map"))["alt"].endswith(
        "People killed: no change passed the threshold."
    )


@pytest.mark.parametrize(
    ("now", "then", "kind"),
    [
        (2, 2, "small"), (2, 1, "small"), (3, 0, "large_increase"), (0, 3, "decrease"),
        (3, 3, "limited"), (100, 85, "moderate_increase"), (100, 92, "limited"),
        (75, 100, "limited"), (74, 100, "decrease"), (126, 100, "large_increase"),
    ],
)  # fmt: skip
def test_a_colour_stands_for_the_class_of_the_table_from_a_minimum_on(now, then, kind):
    assert arrows.coloured_class(now, then, arrows.FEW_INCIDENTS) == kind
