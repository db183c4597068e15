"""Lanes, memberships, relations and phases taken away; every drawing of a page has its files."""

import csv
import datetime as dt
import io
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from incidents.models import CampaignPhase
from tests import make

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Drawings that are no chart, or whose files stand in another template (docs/charts.md).
ELSEWHERE = {
    "components/_axis.html", "components/_bars.html", "desk/incident/_pin_map.html",
    "incidents/_figures.html", "incidents/_map.html", "incidents/charts/_map.html",
    "incidents/charts/_spans.html", "incidents/explorer/_map_said.html",
    "incidents/explorer/_timeline_drawing.html", "regions/_outline.html",
}  # fmt: skip


def rows_of(client, address):
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


def svg(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return ElementTree.fromstring(answer.content)  # noqa: S314


def texts(root):
    return [node.text for node in root.iter("{http://www.w3.org/2000/svg}text") if node.text]


@pytest.fixture
def three():
    for iso3, slug, day in (
        ("MLI", "jnim", "2022-07-22"), ("MLI", "issp", "2023-01-05"), ("NER", "jnim", "2023-03-01"),
    ):  # fmt: skip
        made = make.incident(day=day, iso3=iso3, killed_low=12, killed_best=12, killed_high=12)
        make.part(made, slug)
        make.through_the_door(made)


def test_lanes_are_drawn_as_on_the_page_a_row_for_each_incident_in_each(client, three):
    rows = rows_of(client, "/charts/lanes.csv?lanes=actor")
    root = svg(client, "/charts/lanes.svg?lanes=actor")
    circles = [node for node in root.iter("{http://www.w3.org/2000/svg}circle") if node.get("cx")]

    assert [(row["lane"], row["date_start"]) for row in rows] == [
        ("jnim", "2022-07-22"), ("jnim", "2023-03-01"), ("issp", "2023-01-05"),
    ]  # fmt: skip
    assert {row["killed_best"] for row in rows} == {"12"}
    assert "jnim · 2" in [text.lower() for text in texts(root)]
    assert len([node for node in circles if node.get("r") == "3.5"]) == 3


def test_below_the_lanes_stands_the_way_to_the_same_incidents_as_a_list(client, three):
    text = client.get("/incidents/?country=MLI&lanes=actor&view=timeline").content.decode()
    listed = unescape(re.search(r'href="([^"]+)">The same incidents as a list', text)[1])
    page = client.get(listed).content.decode()

    assert page.count("Attack at Kati</a>") == 2


def test_an_uncertain_date_is_a_band_in_the_picture_too(client):
    month = {"date_end": dt.date(2023, 1, 31), "date_precision": "month"}
    make.published(day="2023-01-01", **month)
    root = svg(client, "/charts/lanes.svg?lanes=country")
    bands = [n for n in root.iter("{http://www.w3.org/2000/svg}rect") if n.get("height") == "7"]

    assert len(bands) == 1
    assert float(bands[0].get("width")) > 30


@pytest.mark.parametrize("asked", ["", "lanes=none", "lanes=mood", "lanes=actor&country=XXX"])
def test_lanes_that_are_not_asked_for_rightly_are_refused(client, three, asked):
    assert client.get(f"/charts/lanes.svg?{asked}").status_code == 400


def test_lanes_without_incidents_say_so(client, three):
    make.country("KEN")
    root = svg(client, "/charts/lanes.svg?lanes=actor&country=KEN")

    assert "No published incident answers this question." in texts(root)


def test_members_are_drawn_with_the_day_on_the_axis(client):
    ecowas = make.body("ecowas", name="Economic Community")
    make.membership(ecowas, "MLI", "1975-05-28", "2025-01-28")
    make.membership(ecowas, "NGA", "1975-05-28")

    rows = rows_of(client, "/charts/members.csv?body=ecowas&on=2024-06-01")
    root = svg(client, "/charts/members.svg?body=ecowas&on=2024-06-01")

    assert [(row["country"], row["starts_on"], row["ends_on"]) for row in rows] == [
        ("MLI", "1975-05-28", "2025-01-28"), ("NGA", "1975-05-28", ""),
    ]  # fmt: skip
    assert "Economic Community: membership over time" in texts(root)
    assert "The world as it was on 1 June 2024." in texts(root)
    assert any(text.endswith("/bodies/ecowas/?on=2024-06-01") for text in texts(root))


def test_relations_and_phases_are_drawn_with_their_words(client):
    make.relation(make.actor("katiba"), make.actor("jnim"), "component_of", "2017-03-02")
    wave = make.campaign("wave", name="A wave", is_public=True)
    CampaignPhase.objects.create(campaign=wave, starts_on="2025-09-03", label="ban declared")
    CampaignPhase.objects.create(campaign=wave, starts_on="2025-10-03", label="a word " * 12)

    rows = rows_of(client, "/charts/relations.csv?actor=jnim")
    related = texts(svg(client, "/charts/relations.svg?actor=jnim"))
    phased = texts(svg(client, "/charts/phases.svg?campaign=wave&on=2025-10-01"))

    assert [(row["source"], row["relation"], row["target"]) for row in rows] == [
        ("katiba", "component_of", "jnim")
    ]
    assert "since 2 March 2017" in related
    assert {"A wave: phases", "ban declared"} <= set(phased)
    assert len([text for text in phased if "word a word" in text]) == 2


@pytest.mark.parametrize(
    "address",
    [
        "members.svg", "members.svg?body=nato", "relations.svg?actor=unknown",
        "phases.svg?campaign=hidden", "members.svg?body=ecowas&on=soon",
        "members.svg?body=ecowas&country=MLI",
    ],
)  # fmt: skip
def test_what_readers_do_not_know_of_is_refused(client, address):
    make.body("ecowas")
    make.campaign("hidden", is_public=False)

    assert client.get(f"/charts/{address}").status_code == 400


def test_the_permanent_link_asks_the_record_as_it_stands(client):
    make.published(timezone.now() - dt.timedelta(days=2), day="2022-07-22")
    sent = client.get("/charts/lanes.link?lanes=country&country=MLI")

    make.published(day="2022-07-23")

    assert sent.status_code == 302
    assert re.fullmatch(r"/incidents/\?as_of=[^&]+Z&country=MLI&lanes=country", sent.url)
    assert "1 incident" in re.sub(r"\s+", " ", client.get(sent.url).content.decode())


def test_the_link_of_a_day_of_the_world_keeps_the_day(client):
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")

    assert client.get("/charts/members.link?body=ecowas&on=2024-06-01").url == (
        "/bodies/ecowas/?on=2024-06-01"
    )


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("/incidents/?country=MLI&lanes=actor", {"timeline", "lanes", "map"}),
        ("/countries/MLI/", {"timeline", "breakdown"}),
        ("/actors/jnim/", {"relations", "timeline"}),
        ("/bodies/ecowas/", {"members"}),
    ],
)
def test_every_chart_of_a_page_is_taken_away_by_links_that_answer(client, three, page, kinds):
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")
    make.relation(make.actor("katiba"), make.actor("jnim"), "component_of", "2017-03-02")

    text = client.get(page).content.decode()
    links = [unescape(link) for link in re.findall(r'href="(/charts/[^"]+)"', text)]
    asked = [link.partition("/charts/")[2].partition("?")[0].split(".") for link in links]

    assert {kind for kind, _form in asked} == kinds
    assert {form for _kind, form in asked} == {"svg", "png", "csv", "link"}
    csvs = [link for link in links if ".csv" in link]
    assert [client.get(link).status_code for link in csvs] == [200] * len(csvs)


def test_every_template_that_draws_has_a_row_of_files_or_is_accounted_for():
    public = [path for path in TEMPLATES.rglob("*.html") if "<svg" in path.read_text()]
    bare = {
        path.relative_to(TEMPLATES).as_posix()
        for path in public
        if "chart_links" not in path.read_text() and "chart-links" not in path.read_text()
    }

    assert bare == ELSEWHERE
