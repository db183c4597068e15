"""Light pages: no map, no script, under 60 kB with everything that a browser fetches for them."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident
from tests import make

pytestmark = pytest.mark.django_db
MOST = 60_000
FETCHED = re.compile(r'<(?:link rel="stylesheet"|script|img)[^>]*?(?:href|src)="([^"]+)"')
IMPORTED = re.compile(r'@import\s+(?:url\()?"([^"]+)"')
PAGES = (
    "/", "/incidents/", "/incidents/?view=map", "/search/?q=kati", "/actors/", "/actors/jnim/",
    "/countries/", "/countries/MLI/", "/campaigns/", "/methods/", "/incidents/{id}/{slug}/",
)  # fmt: skip


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
