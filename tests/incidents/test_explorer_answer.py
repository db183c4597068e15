"""The answer of the explorer: list, incident beside it, parts for a script, equal numbers."""

import csv
import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents import workflow
from incidents.models import ClaimOfResponsibility
from tests import make
from tests.incidents.exploring import counts, text, three_attacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def three():
    return three_attacks()


def test_a_script_gets_the_answer_the_panel_and_the_list_but_no_page(rae, three):
    part = rae.get("/incidents/?country=MLI", headers={"hx-request": "true", "hx-target": "answer"})

    html = part.content.decode()
    assert "<html" not in html
    swapped = re.findall(r'id="([\w-]+)"[^>]*hx-swap-oob="true"', html)
    assert swapped == ["panel", "map-controls", "listing"]
    assert "map" not in part.context
    assert part["HX-Push-Url"] == "/incidents/?country=MLI"
    assert "HX-Target" in part["Vary"]


def test_a_script_that_turns_a_page_gets_the_list_alone(rae, three):
    first = rae.get("/incidents/?limit=2")

    part = rae.get(
        f"/incidents/{first.context['listing'].next}",
        headers={"hx-request": "true", "hx-target": "listing"},
    )

    assert "answer" not in part.context
    assert "Attack of 2022-07-22" in text(part)
    assert "cursor=" in part["HX-Push-Url"]


def test_the_map_draws_one_data_set_and_says_which(rae):
    make.published(killed_low=3, killed_best=3, killed_high=3)
    for number in range(2):
        make.published(title=f"Event {number}", dataset="ucdp", killed_low=4, killed_best=4)

    page = rae.get("/incidents/")
    vigil = rae.get("/incidents/?drawn=vigil")

    assert [row.incidents for row in page.context["map"].rows] == [2]
    assert [row.incidents for row in vigil.context["map"].rows] == [1]
    assert "The map shows the data set Vigil alone" in text(vigil)
    assert "The map shows" not in text(rae.get("/incidents/?dataset=vigil"))


def test_one_panel_can_have_the_page_for_itself(rae, three):
    page = rae.get("/incidents/?view=list")

    assert page.context["timeline"] is None
    assert "map" not in page.context
    assert ("view", "list") in page.context["panel"].hidden
    assert "listing" not in rae.get("/incidents/?view=timeline").context


def test_the_list_shows_the_columns_that_were_chosen_in_their_order(rae, three):
    page = rae.get("/incidents/?columns=type,killed&view=list")

    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page.content.decode(), re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]*>", " ", head).split()) for head in heads]
    assert words == ["Date", "Incident", "Type", "Killed"]


def test_the_list_by_day_keeps_a_month_a_month(rae):
    make.published(day="2022-07-01", title="Some day in July", date_precision="month",
                   date_end=dt.date(2022, 7, 31))  # fmt: skip
    make.published(day="2022-07-01", title="On the first")
    make.published(day="2022-07-01", title="Also on the first")

    days = rae.get("/incidents/?by_day=true").context["listing"].days

    assert sorted((day.label, len(day.rows)) for day in days) in (
        [("1 July 2022", 2), ("July 2022", 1)],
        [("1 July 2022", 1), ("1 July 2022", 1), ("July 2022", 1)],
    )


def test_a_heading_sorts_and_sorts_back(rae, three):
    first = rae.get("/incidents/")

    by_killed = rae.get(f"/incidents/?{first.context['listing'].sorts['killed'].query}")

    assert by_killed.context["listing"].sorts["killed"].now == "descending"
    assert "ordering=killed" in by_killed.context["listing"].sorts["killed"].query
    assert by_killed.context["listing"].sorts["date"].query == ""


def test_an_incident_opens_beside_the_list_without_a_script(rae, three):
    opened = three[0]

    page = rae.get(f"/incidents/?country=MLI&open={opened.public_id.lower()}")

    assert page.context["side"]["incident"].public_id == opened.public_id
    assert page.context["side"]["closed"] == "country=MLI"
    assert "open=" not in page.context["address"]


def test_the_incident_beside_the_list_is_what_was_known_at_the_moment(rae):
    then = timezone.now() - dt.timedelta(days=10)
    which = make.published(at=then, title="Attack at Kati")
    before = (then - dt.timedelta(days=5)).date()

    page = rae.get(f"/incidents/?as_of={before}&open={which.public_id}")

    assert "incident" not in page.context["side"]
    assert "You are looking at the past" in text(page)
    assert "Not in this record" in text(page)
    assert "Attack at Kati" not in text(page)


def test_what_was_withdrawn_since_is_not_told_beside_the_list_of_the_past(rae):
    which = make.published(at=timezone.now() - dt.timedelta(days=10), title="Attack at Kati")
    workflow.withdraw(which, by=make.rita(), at=timezone.now(), reason="not_confirmed")
    day = (timezone.now() - dt.timedelta(days=5)).date()

    page = rae.get(f"/incidents/?as_of={day}&open={which.public_id}")

    assert page.context["answer"].count == 1
    assert "incident" not in page.context["side"]


def test_page_facets_chart_csv_and_api_agree_as_of_a_day(rae):
    made = [
        make.published(day="2024-03-01", at=timezone.now() - dt.timedelta(days=30),
                       killed_low=3, killed_best=3, killed_high=4)
        for _ in range(3)
    ]  # fmt: skip
    make.published(iso3="KEN", at=timezone.now() - dt.timedelta(days=29))
    workflow.withdraw(made[0], by=make.rita(), at=timezone.now(), reason="not_confirmed")
    day = (timezone.now() - dt.timedelta(days=10)).date()

    for question, said in ((f"as_of={day}&country=MLI", 3), ("country=MLI", 2)):
        page = rae.get(f"/incidents/?{question}")
        api = {
            name: rae.get(f"/api/v1/incidents/{name}?{question}").json()
            for name in ("", "facets/", "timeline/")
        }
        rows = list(
            csv.DictReader(
                rae.get(f"/api/v1/incidents/?{question}&format=csv").getvalue().decode().split("\n")
            )
        )
        ((_name, totals, _query),) = page.context["sets"]
        assert totals.incidents == page.context["answer"].count == said
        assert counts(page, "country")["Mali"] == said
        assert sum(p.incidents for s in page.context["timeline"].sets for p in s.periods) == said
        assert len(rows) == api[""]["count"] == api["timeline/"]["count"] == said
        (mali,) = (v for v in api["facets/"]["facets"]["country"] if v["value"] == "MLI")
        assert mali["incidents"] == said
        assert totals.killed.low == sum(int(row["killed_low"]) for row in rows) == 3 * said
        assert api["timeline/"]["killed"]["low"] == 3 * said


def test_that_nothing_was_found_is_said_before_timeline_and_map(rae, three):
    for view in ("all", "map", "list"):
        page = rae.get(f"/incidents/?from=2050&view={view}")

        assert text(page).count("No published incident answers this question.") == 1 + (
            view == "all"
        )
    assert "No published incident" not in text(rae.get("/incidents/?view=map"))


def test_what_is_withheld_stays_withheld_beside_the_list(rae):
    which = make.incident(title="Abduction near Menaka", disclosure="country_month", place="Menaka")
    make.part(which)
    which = make.through_the_door(which)

    page = rae.get(f"/incidents/?open={which.public_id}")

    assert page.context["side"]["incident"].public_id == which.public_id
    assert 'data-label="Sources"' not in page.content.decode()
    assert "Menaka" not in text(page)
    assert "JNIM" not in text(page)


def test_links_from_the_past_stay_in_the_past(rae):
    which = make.published(at=timezone.now() - dt.timedelta(days=10))
    day = (timezone.now() - dt.timedelta(days=5)).date().isoformat()

    page = rae.get(f"/incidents/?as_of={day}&open={which.public_id}").content.decode()

    address = f"/incidents/{which.public_id}/{which.slug}/?as_of={day}"
    assert page.count(f'href="{address}"') == 2


def test_a_claim_makes_an_actor_a_claimant_as_well(rae, three):
    claimed = make.incident(title="Claimed attack")
    make.part(claimed, "jnim")
    ClaimOfResponsibility.objects.create(incident=claimed, claimant=make.actor("jnim"))
    rejected = make.incident(title="Attack with a false claim")
    make.part(rejected, "jnim")
    ClaimOfResponsibility.objects.create(
        incident=rejected, claimant=make.actor("jnim"), authenticity="rejected"
    )
    for which in (claimed, rejected):
        make.through_the_door(which)

    page = rae.get("/incidents/?actor=jnim&role=claimant")

    assert page.context["answer"].count == 1
    assert "Claimed attack" in text(page)
    assert counts(page, "role") == {"claimant": 1, "perpetrator": 4}


def test_a_page_takes_as_many_queries_for_many_rows_as_for_few(rae, three):
    def asked_for():
        rae.get("/incidents/?country=MLI")  # the record has moved: its columns are read anew
        with CaptureQueriesContext(connection) as queries:
            rae.get("/incidents/?country=MLI")
        return len(queries)

    few = asked_for()
    for number in range(12):
        which = make.incident(title=f"Attack {number}")
        make.part(which)
        make.through_the_door(which)

    assert asked_for() == few
    assert few <= 30
