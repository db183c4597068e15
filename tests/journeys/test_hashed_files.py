"""Files as a real site serves them: under hashed names, and kept by the browser for ever."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z]+$")
STORAGE = project.STORAGES["staticfiles"]
TIMELINE = {"timeline", "timeline-days", "timeline-drawing", "timeline-gestures"}
MAP = {"map-canvas", "map-style", "map-marks", "maplibre-gl", "maplibre-gl-worker"}


@pytest.fixture
def site(seeded, settings, tmp_path):
    """The site with the files that `collectstatic` makes, served by the web process itself."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": STORAGE}
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("127.0.0.1", lambda application: application)
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.mark.webgl
def test_every_file_of_the_explorer_has_a_hashed_name_and_is_kept_for_ever(rae):
    answers = []
    rae.page.on("response", lambda answer: answers.append(answer))
    rae.open("/incidents/?lanes=actor")
    expect(rae.page.locator("vigil-timeline .timeline-tools")).to_be_visible()
    rae.page.locator("vigil-map").scroll_into_view_if_needed()
    expect(rae.page.locator("vigil-map[data-places]")).to_be_attached(timeout=30_000)

    files = {urlsplit(a.url).path: a.headers for a in answers if "/static/" in a.url}
    modules = {path.rpartition("/")[2].partition(".")[0] for path in files if ".css" not in path}
    assert modules >= TIMELINE | MAP
    assert [path for path in files if not HASHED.search(path)] == []
    kept = {path: headers.get("cache-control", "") for path, headers in files.items()}
    assert [path for path, said in kept.items() if "immutable" not in said] == []
    assert rae.complaints == []
    assert rae.strangers == []
