"""A real browser before a real server with the seed data. No request may leave the machine."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.processes import end_other_sessions

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "test-results"
AXE = ROOT / "build-dev" / "vendor" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Without a graphics card a map takes a whole core: only the journeys marked `webgl` draw it.
WITHOUT_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : get.call(this, kind, ...more);
};
"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HARMLESS = ("minor", "moderate", None)


@pytest.fixture(scope="session")
def chromium():
    path = (
        os.environ.get("CHROMIUM")
        or subprocess.run(
            [sys.executable, str(ROOT / "tests" / "browser.py"), "--ensure"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    )
    # Playwright's own loop makes Django believe that it runs inside an event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The seed, committed, for all journeys of a module."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_"), "mark the tests django_db"
        call_command("seed", verbosity=0)
        yield
        end_other_sessions()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def site(seeded, _plain_static_files):
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@dataclass
class Visit:
    """Rae with her browser: what she opens, and everything that went wrong meanwhile."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    def is_too_wide(self) -> bool:
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def barriers(self) -> list[str]:
        """What axe finds serious or critical."""
        before = len(self.complaints)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        # axe styles elements while it measures them, which the page's policy rightly refuses.
        del self.complaints[before:]
        return [
            f"{one['id']}: {node['html'][:160]}"
            for one in found["violations"]
            if one["impact"] not in HARMLESS
            for node in one["nodes"]
        ]

    def barriers_in_any_light(self) -> list[str]:
        """The same in light and in dark colours, which do not depend on the window."""
        found = []
        is_phone = self.page.viewport_size["width"] == PHONE["width"]
        for scheme in ("light",) if is_phone else ("light", "dark"):
            # Without motion no colour is caught on its way to the other scheme.
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{scheme}: {barrier}" for barrier in self.barriers()]
        return found

    def shoot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)


@pytest.fixture
def rae(chromium, site, request):
    """A reader; `@pytest.mark.parametrize("rae", [PHONE], indirect=True)` changes her window."""
    options = getattr(request, "param", WIDE)
    if "width" in options:
        options = {"viewport": options}
    # What a device keeps is a journey of its own; elsewhere every page comes from the server.
    plain = {"locale": "en-GB", "service_workers": "block"}
    context = chromium.new_context(**plain | options)
    if not request.node.get_closest_marker("webgl"):
        context.add_init_script(WITHOUT_WEBGL)
    page = context.new_page()
    visit = Visit(page, site)
    page.on("console", lambda m: m.type == "error" and visit.complaints.append(m.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "request",
        lambda r: r.url.startswith((site, "data:")) or visit.strangers.append(r.url),
    )
    yield visit
    context.close()
    assert visit.complaints == []
    assert visit.strangers == []
