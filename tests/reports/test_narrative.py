"""What a report says in sentences, and that every number in them opens its rows."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import (
    Advisory,
    ConditionImpact,
    Demand,
    DisplacementFigure,
    Incident,
    Negotiation,
    RansomPayment,
    Statement,
)
from incidents.models.campaign import CampaignPhase
from regions.models import Membership
from reports.building import build, canonical
from reports.figures import Issue
from reports.periods import Period
from tests import make
from tests.reports.conftest import (
    TOWNS,
    Written,
    built,
    data,
    planned,
    schedule,
    section,
    sentences,
    table,
)

DAY = Period.parse("2025-11-10")


def find(title):
    return Incident.objects.get(title=title)


def spaces(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_summary_tells_the_situation_and_comes_second(report):
    names = [one["name"] for one in report.content["sections"]]
    said = sentences(report, "summary")

    assert names[:3] == ["header", "summary", "situation"]
    assert said[0].startswith("Mali, July 2022: 8 incidents are recorded. People killed: at least")
    assert "Attackers killed, not included above: at least 7" in said[0]
    assert "June 2022 (the period before): incidents 1, people killed 132" in said[1]
    assert "July 2021 (the same period a year before): no incident recorded" in said[1]


def test_the_numbers_of_the_summary_open_their_rows(report):
    (prose, *_others) = section(report, "summary")["blocks"]
    known = {item.key: item.query for item in report.items.all()}

    first = prose["sentences"][0]
    linked = {piece["key"]: piece["text"] for piece in first if "query" in piece}
    assert list(linked) == [
        "total.incidents", "total.killed", "total.wounded", "total.abducted",
        "total.attackers_killed",
    ]  # fmt: skip
    loose = "".join(piece["text"] for piece in first if "query" not in piece)
    assert not re.search(r"\d", loose.replace("2022", ""))
    for said in prose["sentences"]:
        for piece in said:
            assert piece.get("query") == known.get(piece.get("key"))


def test_the_headline_names_the_gravest_incidents(report):
    headline = data(report, "summary")["headline"]

    assert [one["title"] for one in headline] == [f"Attack at {town}" for town in TOWNS[:-4:-1]]


def test_a_protected_case_is_no_headline_and_tells_country_and_month_only(mali):
    case = make.incident(
        day="2022-07-15", place="Secretplace", type_code="HOS-KID",
        killed_low=90, killed_best=90, killed_high=90,
    )  # fmt: skip
    case.hostage_cases.create(persons=1, status="held")
    make.through_the_door(case)

    report = Written(planned(), "campaigns", "situation", "comparison", "notable", "summary")

    assert b"Secretplace" not in canonical(report.content)
    leading = data(report, "notable")["leading"]
    assert case.public_id not in [one["id"] for one in leading]
    assert len(leading) == 3


def test_six_incidents_expected_and_six_recorded(report):
    (wave,) = data(report, "campaigns")["waves"]

    assert (wave["expected"], wave["recorded"], wave["is_complete"]) == (6, 6, True)
    said = sentences(report, "summary")
    assert "July wave: six incidents expected for 21 July 2022, six recorded." in said
    named = sentences(report, "campaigns")[2]
    assert all(town in named for town in TOWNS)


def test_a_missing_incident_of_the_wave_shows(mali):
    desk.withdraw(
        find("Attack at Bapho"), by=make.rita(), at=timezone.now(), reason="not_confirmed"
    )

    (wave,) = data(Written(planned(), "campaigns"), "campaigns")["waves"]

    assert (wave["recorded"], wave["is_complete"]) == (5, False)


def test_a_wave_elsewhere_in_the_country_is_not_told_of_an_area(mali):
    gao, segou = (make.area(f"mli-{name}", "MLI", name=name) for name in ("gao", "segou"))
    find("Attack at Segou").locations.update(admin1=segou)
    desk.correct(find("Attack at Segou"), by=make.rita(), at=timezone.now(), notice="Area.")

    def waves(area):
        series = schedule(slug=area.slug, country=None, area=area)
        return len(data(Written(planned(series), "campaigns"), "campaigns")["waves"])

    assert (waves(gao), waves(segou)) == (0, 1)


def test_conditions_are_counted_in_days(report):
    (siege,) = data(report, "campaigns")["conditions"]

    assert siege["days_in_force"] == 165
    said = "Siege of a town: since 16 February 2022, for 165 days at the end of the period."
    assert said in sentences(report, "summary")
    assert table(report, "conditions")[0]["days"]["value"] == 165


@pytest.fixture
def blockade(db):
    blockade = make.campaign(
        "blockade", name="Fuel blockade", kind="condition", condition_type="blockade",
        starts_on="2025-09-03", start_precision="day", status="open",
    )  # fmt: skip
    blockade.countries.add(make.country("MLI"))
    CampaignPhase.objects.create(campaign=blockade, starts_on="2025-09-03", ends_on="2025-10-01",
                                 label="first phase")  # fmt: skip
    second = CampaignPhase.objects.create(
        campaign=blockade, starts_on="2025-10-02", label="second phase"
    )
    make.citation(second)
    Demand.objects.create(campaign=blockade, slug="d1", text="lift the ban", position=1)
    Demand.objects.create(campaign=blockade, slug="d2", text="a later demand", position=2,
                          starts_on="2025-12-01")  # fmt: skip
    ConditionImpact.objects.create(campaign=blockade, kind="fuel", text="fuel shortages")
    ambush = make.incident(day="2025-09-14", place="Diboli")
    make.tie(ambush, blockade)
    make.through_the_door(ambush)
    return blockade


def of_campaign(campaign, **more):
    return schedule(slug="thematic", country=None, topic="campaign", campaign=campaign, **more)


def test_a_thematic_report_tells_the_course_of_its_condition(blockade):
    report = Written(planned(of_campaign(blockade, cadence="daily"), DAY), "campaigns")

    said = sentences(report, "campaigns")
    assert said == [
        "Fuel blockade: since 3 September 2025, for 68 days at the end of the period.",
        "Fuel blockade",
        "since 2 October 2025: second phase [1, B2]",
        "lift the ban",
        "fuel: fuel shortages",
        "1 recorded in it to the end of the period; people killed: not known",
    ]


def test_a_condition_that_ended_is_told_with_its_end_from_that_day_on(blockade):
    blockade.ends_on, blockade.end_precision = dt.date(2025, 11, 10), "day"
    blockade.save()
    series = of_campaign(blockade, cadence="daily")

    def said(day):
        return sentences(Written(planned(series, Period.parse(day)), "campaigns"), "campaigns")[0]

    assert "for 67 days at the end of the period" in said("2025-11-09")
    assert "from 3 September 2025 to 10 November 2025, after 68 days" in said("2025-11-10")
    assert "No condition" in said("2025-11-11")


def test_changes_of_membership_are_told(report):
    (change,) = data(report, "changes")["changes"]

    assert (change["text"], change["on"]) == ("ECOWAS suspended Mali.", "2022-07-03")


def test_leaving_at_once_is_not_also_announced(mali):
    membership = Membership.objects.get(status="member")
    membership.exit_announced_on = membership.exit_effective_on = dt.date(2022, 7, 15)
    membership.exit_precision, membership.ends_on = "day", dt.date(2022, 7, 14)
    membership.save()

    texts = [one["text"] for one in data(Written(planned(), "changes"), "changes")["changes"]]

    assert texts == ["ECOWAS suspended Mali.", "Mali ceased to be a member of ECOWAS."]


def test_splits_mergers_and_pledges_of_groups_are_told(mali):
    make.relation(make.actor("jnim"), make.actor("aqim"), "pledged_allegiance_to", "2022-07-05")
    make.relation(make.actor("jnim"), make.actor("issp"), "rival_of", "2022-06-05")
    make.actor("jnim").countries.add(make.country("MLI"))
    relation = make.actor("jnim").relations_out.get(target__slug="aqim")
    relation.start_precision = "day"
    relation.save()

    texts = [one["text"] for one in data(Written(planned(), "changes"), "changes")["changes"]]

    assert texts == ["ECOWAS suspended Mali.", "JNIM pledged allegiance to AQIM."]


@pytest.fixture
def surroundings(mali):
    """Advisory, talks and displacement of July; and what has no public page."""
    country = make.country("MLI")
    advisory = Advisory.objects.create(
        slug="a", kind="travel_advisory", starts_on="2022-07-22", ends_on="2022-07-22",
        date_precision="day", text="Leave now", issuer_country=make.country("BFA"),
    )  # fmt: skip
    advisory.concerns.add(country)
    make.citation(advisory)
    siege = make.campaign("siege")
    for slug, kind in (("talks", "talks"), ("secret-talks", "hostage_negotiation")):
        talks = Negotiation.objects.create(
            slug=slug, kind=kind, status="ongoing", starts_on="2022-07-10",
            date_precision="day", text=f"About {slug}",
        )  # fmt: skip
        talks.campaigns.add(siege)
    DisplacementFigure.objects.create(
        slug="d", population="idps", origin=country, value_low=4000, value_best=4000,
        comparator="over", starts_on="2022-07-20", date_precision="day",
    )  # fmt: skip
    RansomPayment.objects.create(slug="secret-ransom", payer="Somebody", payee=make.actor("jnim"),
                                 currency="USD", amount_best=1, paid_from="2022-07-02")  # fmt: skip
    spoken = Statement.objects.create(slug="s", speaker_role="x", starts_on="2022-07-02",
                                      text="secret-statement", protection="anonymous")  # fmt: skip
    spoken.concerns.add(country)


def test_advisories_talks_and_displacement_are_told_with_sources(surroundings):
    said = sentences(Written(planned(), "context"), "context")

    assert said[0] == "22 July 2022: advisory on Mali by Burkina Faso: Leave now. [1, B2]"
    assert said[1] == "10 July 2022: talks (ongoing) about Siege of a town: About talks."
    assert said[2].startswith("20 July 2022, Mali: over 4,000 internally displaced people")


def test_what_has_no_public_page_is_not_told(surroundings):
    draft = build(Issue.of(planned()))

    assert b"secret" not in canonical(draft.content).lower()
    assert all("secret" not in str(item).lower() for item in draft.items)


def test_notable_incidents_carry_numbered_sources(report):
    first = sentences(report, "notable")[1]

    assert f"Attack at {TOWNS[-1]}" in first
    assert first.endswith("[1, B2]")
    (source,) = data(report, "notable")["sources"]
    assert (source["number"], source["publisher"]) == (1, "Agency")


def test_every_incident_is_in_the_table_with_its_page(report):
    rows = table(report, "incidents")

    assert len(rows) == 8
    kati = next(row for row in rows if row["incident"]["text"] == "Attack at Kati")
    assert kati["date"]["value"] == "2022-07-22"
    assert kati["incident"]["path"].startswith("/incidents/")
    assert kati["groups"]["text"] == "JNIM [confirmed]"
    assert (kati["killed"]["text"], kati["attackers_killed"]["text"]) == ("1", "7")


def test_a_long_table_is_cut_and_says_where_the_rest_is(report, monkeypatch):
    from reports.sections import notable

    monkeypatch.setattr(notable, "LISTED", 5)
    cut = Written(report.job, "incidents")

    assert len(table(cut, "incidents")) == 5
    assert "first 5 of 8 incidents" in sentences(cut, "incidents")[0]


def test_gaps_are_said_aloud(mali):
    make.published(day="2022-07-29", place="Hombori", checked="unverified")
    make.published(
        day="2022-07-01", place="Ansongo", date_end=dt.date(2022, 7, 31), date_precision="month"
    )
    make.published(
        day="2022-01-01", place="Gossi", date_end=dt.date(2022, 12, 31), date_precision="year"
    )

    said = " ".join(sentences(Written(planned(), "notes"), "notes"))

    assert "4 incidents give no number of people killed" in said
    assert "1 of 10 incidents still needs a primary source" in said
    assert "1 incident is dated to a month or less exactly" in said
    assert "English (1)" in said


def test_dates_too_vague_for_the_period_are_left_out_and_counted(mali):
    make.published(
        day="2022-07-01", place="Ansongo", date_end=dt.date(2022, 7, 31), date_precision="month"
    )
    series = schedule(slug="daily", cadence="daily")

    report = Written(planned(series, Period.parse("2022-07-01")), "notes")

    assert data(report, "totals")["incidents"]["count"] == 0
    said = " ".join(sentences(report, "notes"))
    assert "1 incident is dated too vaguely for a period of this length and is left out" in said


def test_the_reporting_delay_is_that_of_the_state_of_the_record(mali):
    for number in range(20):
        make.incident(day="2022-07-02", place=f"Town {number}")
    desk.publish_many(
        Incident.objects.filter(editorial_status="draft"), by=make.rita(), at=timezone.now()
    )
    job = planned()
    before = sentences(Written(job, "notes"), "notes")
    make.published(day="2022-07-03", place="Later")

    assert sentences(Written(job, "notes"), "notes") == before
    assert any("eporting delay" in said for said in before)


def test_an_empty_month_says_that_it_may_only_look_empty(mali):
    names = ("campaigns", "situation", "comparison", "notable", "notes", "summary")
    report = Written(planned(period=Period.parse("2026-09")), *names)

    assert "holds no incident" in sentences(report, "summary")[0]
    assert any("nothing has been entered yet" in note for note in sentences(report, "notes"))


def test_the_method_names_definitions_and_rules(report):
    said = " ".join(sentences(report, "method"))

    assert "Algiers, 1999" in said
    assert "more than 25% above both the period before and the mean of the four before" in said


def test_a_french_report_is_french(report):
    french = built(planned(schedule(slug="monthly-mli-fr", language="fr")))

    assert spaces(french.title) == "Mali : rapport de situation, juillet 2022"
    said = [spaces(text) for text in sentences(french, "summary")]
    assert said[0].startswith("Mali, juillet 2022 : 8 incidents sont enregistrés.")
    assert any("six incidents attendus" in text and "21 juillet 2022" in text for text in said)
    assert any("165 jours à la fin de la période" in text for text in said)
    for name in ("summary", "situation", "surges", "changes", "context", "notes", "method"):
        assert set(sentences(french, name)).isdisjoint(sentences(report, name)), name
