"""Light pages: no map, no script, under 60 kB with everything that a browser fetches for them."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident
from incidents.presentation import COLUMNS
from incidents.simulation import simulate
from tests import make

pytestmark = pytest.mark.django_db
MOST = 60_000
FETCHED = re.compile(r'<(?:link rel="stylesheet"|script|img)[^>]*?(?:href|src)="([^"]+)"')
IMPORTED = re.compile(r'@import\s+(?:url\()?"([^"]+)"')
PAGES = (
    "/", "/incidents/", "/incidents/?view=map", "/search/?q=kati", "/actors/", "/actors/jnim/",
    "/countries/", "/countries/MLI/", "/campaigns/", "/methods/", "/incidents/{id}/{slug}/",
)  # fmt: skip

ALL_COLUMNS = f"columns={','.join(COLUMNS)}"
# What takes most: long lists, fine periods over decades, divided by many values, many places.
HARD = (
    "limit=1000", f"limit=1000&by_day=true&{ALL_COLUMNS}", "interval=month", "interval=week",
    "interval=day&stack=country&limit=1000", f"interval=month&stack=actor&limit=1000&{ALL_COLUMNS}",
    "interval=quarter&stack=type&limit=250", "view=list&limit=1000", "view=timeline&interval=day",
    f"layer=countries&interval=month&stack=country&limit=1000&{ALL_COLUMNS}",
)  # fmt: skip


@pytest.fixture
def decades(db):
    """Thousands of incidents in every month of thirty-six years, in several countries."""
    for year in range(1990, 2026):
        iso3 = ("MLI", "NER", "KEN", "SOM")[year % 4]
        deaths = {"killed_low": 2, "killed_best": year - 1988, "killed_high": 3 * (year - 1988)}
        make.published(day=f"{year}-06-30", iso3=iso3, title=f"Attack of {year}", **deaths)
    simulate(3000, seed=1, at=timezone.now())


@pytest.fixture
def record(db):
    """More rows than a page of the list shows, each with what a row can show."""
    for number in range(60):
        incident = make.incident(title=f"Attack number {number} on a post", killed_best=number,
                                 killed_low=number, killed_high=number)  # fmt: skip
        make.part(incident)
    workflow.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())
    return incident


def fetched(client, path: str) -> dict[str, int]:
    """What a browser fetches for the page: address -> bytes on the line, compressed as we do."""
    page = client.get(path)
    assert page.status_code == 200, path
    sizes = {path: len(gzip.compress(page.content))}
    names = FETCHED.findall(page.content.decode())
    while names:
        name = names.pop()
        file = finders.find(name.removeprefix("/static/"))
        content = Path(file).read_bytes() if file else b""
        sizes[name] = len(gzip.compress(content))
        if name.endswith(".css"):
            folder = name.rpartition("/")[0]
            names += [f"{folder}/{other}" for other in IMPORTED.findall(content.decode())]
    return sizes


def test_a_light_page_is_small_and_has_no_script(client, record, record_property):
    client.cookies["light"] = "yes"

    for path in PAGES:
        address = path.format(id=record.public_id, slug=record.slug)
        sizes = fetched(client, address)
        page = client.get(address).content.replace(b'<script type="application/ld', b"")

        record_property(path, sum(sizes.values()))
        assert sum(sizes.values()) < MOST, sizes
        assert [name for name in sizes if name.endswith((".js", ".mjs"))] == []
        assert b"<script" not in page, path
        assert b"<vigil-map" not in page, path


def test_a_light_page_stays_small_whatever_was_asked(client, decades, record_property):
    client.cookies["light"] = "yes"

    for query in HARD:
        sizes = fetched(client, f"/incidents/?{query}")

        record_property(query, sum(sizes.values()))
        assert sum(sizes.values()) < MOST, (query, sizes)


def test_a_light_page_says_what_it_leaves_out_and_leads_to_it(client, decades):
    client.cookies["light"] = "yes"

    page = client.get("/incidents/?limit=1000&interval=month").content.decode()

    assert "Light pages list at most 100 incidents" in page
    assert page.count('<th scope="row" class="what">') == 100
    assert "by year, not by month" in page or "by quarter, not by month" in page
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    after = client.get(f"/incidents/{following}").content.decode()
    first = set(re.findall(r'data-open="(\w+)"', page))
    second = set(re.findall(r'data-open="(\w+)"', after))
    assert len(second) == 100
    assert not first & second
    client.cookies["light"] = "no"
    assert "Light pages list" not in client.get("/incidents/?limit=1000").content.decode()


def test_the_switch_is_on_every_page_and_goes_back_to_it(client):
    assert b"Light pages for a slow line" in client.get("/methods/").content

    answer = client.post("/light/", {"light": "yes", "next": "/methods/"})

    assert (answer.status_code, answer["Location"]) == (302, "/methods/")
    assert client.cookies["light"]["httponly"]
    assert b"<script" not in client.get("/methods/").content
    assert b"Full pages" in client.get("/methods/").content
    client.post("/light/", {"light": "no", "next": "/methods/"})
    assert b"search-box.js" in client.get("/methods/").content


def test_a_browser_that_saves_data_is_given_light_pages_unless_the_reader_chose(client):
    saving = {"save-data": "on"}

    assert b"<script" not in client.get("/methods/", headers=saving).content
    client.cookies["light"] = "no"
    assert b"<script" in client.get("/methods/", headers=saving).content


def test_the_desk_is_never_light(client):
    client.cookies["light"] = "yes"

    assert b"<script" in client.get("/desk/sign-in/").content


@pytest.mark.parametrize("values", [{}, {"light": "maybe"}])
def test_another_choice_is_refused(client, values):
    assert client.post("/light/", values).status_code == 400


def test_the_switch_leads_to_no_other_site(client):
    answer = client.post("/light/", {"light": "yes", "next": "https://example.org/"})

    assert answer["Location"] == "/"


def test_caches_are_told_that_pages_depend_on_the_choice(client):
    vary = client.get("/methods/")["Vary"]

    assert "Cookie" in vary
    assert "Save-Data" in vary
