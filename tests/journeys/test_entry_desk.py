"""Ed enters an incident in a real browser: wide, on a phone, by keyboard alone, with a bad line."""

import re

import pytest
from playwright.sync_api import expect

from incidents.models import Incident
from tests import make
from tests.journeys.desk import (
    FRENCH,
    NEW,
    OPTION,
    WINDOWS,
    as_person,
    begin,
    committed,
    enter_kati,
    select,
    settle,
    tab_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
LEAST = {"id_title": "Assault on a post at Kati", "id_date_start": "2022-07-22"}


@pytest.fixture
def ed(rae):
    """Ed with his browser."""
    yield as_person(rae, make.ed)
    settle(rae)


def stored(public_id):
    return Incident.objects.get(public_id=public_id)


@WINDOWS
def test_ed_enters_the_kati_attack_from_two_sources_that_disagree(ed):
    public_id, page = enter_kati(ed), ed.page
    ed.shoot(f"entry-kati-{page.viewport_size['width']}")

    assert ed.barriers() == []
    assert not ed.is_too_wide()
    expect(page.locator("#duplicates")).to_contain_text("Kati garrison")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".desk-messages")).to_contain_text("is now in review")

    incident = stored(public_id)
    figures = {
        (e.low, e.best, e.high, e.citation.document.source.name) for e in incident.estimates.all()
    }
    assert figures == {(None, 1, None, "Stening Simpson"), (3, None, 15, "Reuters")}
    assert incident.editorial_status == "in_review"
    assert incident.killed_best == 1
    assert [str(p.actor.slug) for p in incident.participations.all()] == ["katiba-macina"]


def write(page, selector, text):
    tab_to(page, selector)
    page.keyboard.type(text)


def pick(page, selector, words):
    """By keyboard: words, the first option, enter."""
    write(page, selector, words)
    page.locator(OPTION).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def write_day(page, selector, day):
    """Digits in the order of the browser's language, whichever that is."""
    year, month, number = day.split("-")
    tab_to(page, selector)
    page.keyboard.type(f"{month}{number}{year}")
    if page.locator(selector).input_value() != day:
        page.keyboard.press("Control+a")
        page.keyboard.type(f"{number}{month}{year}")


def test_a_full_incident_is_entered_by_keyboard_alone(ed):
    page = ed.page
    ed.open(NEW)

    write(page, "#id_title", "Ambush of a convoy near Kati")
    write(page, "#id_type", "Ambush")
    write(page, "#id_summary", "Attackers fired on a convoy, the army said.")
    tab_to(page, "[name=when]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    write_day(page, "#id_date_start", "2022-08-02")
    page.keyboard.press("Tab")
    write_day(page, "#id_date_end", "2022-08-03")
    write(page, "#id_country", "Mali")
    pick(page, "#id_locations-0-place", "kati")
    pick(page, "#id_citations-0-document", "military barracks")
    write(page, "#id_citations-0-credibility", "2")
    pick(page, "#id_parties-0-actor", "FAMa")
    write(page, "#id_parties-0-role", "target")
    tab_to(page, "#part-parties > button")
    page.keyboard.press("Enter")
    page.locator("#id_parties-1-actor").wait_for()
    write(page, "#id_parties-1-actor_text", "unidentified gunmen")
    tab_to(page, "#section-claims > summary")
    page.keyboard.press("Enter")
    write(page, "#id_harm-0-best", "4")
    write(page, "#id_harm-0-citation", "S1")
    tab_to(page, "#section-how > summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=targets][value=military]")
    page.keyboard.press("Space")
    tab_to(page, "[name=weapons][value=firearms]")
    page.keyboard.press("Space")
    tab_to(page, ".entry-buttons [name=submit]")
    page.keyboard.press("Enter")

    expect(page.locator(".desk-messages")).to_contain_text("is now in review")
    incident = stored(page.url.rstrip("/").rpartition("/")[2])
    assert (incident.date_precision, incident.date_start.day, incident.date_end.day) == (
        "day_range",
        2,
        3,
    )
    assert incident.targets == ["military"]
    assert incident.weapons == ["firearms"]
    assert incident.killed_best == 4
    assert [(p.role, str(p.actor or p.actor_text)) for p in incident.participations.all()] == [
        ("target", "FAMa"),
        ("perpetrator", "unidentified gunmen"),
    ]


def test_the_list_box_tells_where_it_is(ed):
    page = ed.page
    ed.open(NEW)
    box = page.locator("#id_parties-0-actor")
    box.fill("shabaab")
    page.locator(OPTION).first.wait_for()

    assert ed.barriers() == []
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator(OPTION)).to_have_count(0)


@WINDOWS
def test_what_is_wrong_is_listed_and_the_list_leads_there(ed):
    page = ed.page
    ed.open(NEW)
    page.locator("#id_title").fill("Brazen assault by terrorists")
    page.locator("#id_locations-0-latitude").fill("127")
    page.get_by_role("button", name="Save the draft").click()

    box = page.locator("#complaints")
    expect(box).to_be_focused()
    ed.shoot(f"entry-complaints-{page.viewport_size['width']}")
    assert ed.barriers() == []
    assert not ed.is_too_wide()
    box.get_by_role("link", name=re.compile("Latitude")).click()
    expect(page.locator("#id_locations-0-latitude")).to_be_focused()
    expect(page.locator("#id_title")).to_have_value("Brazen assault by terrorists")
    ed.complaints.clear()  # the browser reports the status 422


@pytest.mark.parametrize("rae", [FRENCH], indirect=True)
def test_the_page_speaks_french(ed):
    ed.open(NEW)
    ed.shoot("entry-french")

    assert ed.heading() == "Nouvel incident"
    assert "Place and act" not in ed.text()
    assert ed.barriers() == []


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_an_incident_is_entered_without_javascript(ed):
    page = ed.page
    begin(ed, "Assault on a post, plainly")
    page.locator("#id_parties-0-actor").fill("shabaab")
    page.get_by_role("button", name="Add another party").click()
    page.locator("#id_parties-1-actor_text").fill("unidentified gunmen")
    page.locator("#id_locations-0-place").fill("Kati")
    page.get_by_role("button", name="Save the draft").click()

    expect(page.locator("#complaints")).to_contain_text("can mean several things")
    page.get_by_role("radio", name=re.compile("Harakat")).check()
    if page.locator("[name=locations-0-place_choice]").count():
        page.locator("[name=locations-0-place_choice]").first.check()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".desk-messages")).to_contain_text("Saved at")

    incident = Incident.objects.get(title="Assault on a post, plainly")
    assert [str(p.actor or p.actor_text) for p in incident.participations.all()] == [
        "Al-Shabaab",
        "unidentified gunmen",
    ]
    assert float(incident.locations.get().latitude) == 12.745
    ed.complaints.clear()


@WINDOWS
def test_the_pin_is_put_by_pointer_and_moved_by_keys(ed):
    page = ed.page
    ed.open(NEW)
    select(ed, "country", "Mali")
    picture = page.locator("pin-map svg")
    picture.click()
    latitude = float(page.locator("#id_locations-0-latitude").input_value())
    picture.press("ArrowUp")

    assert 10 < latitude < 25
    moved = float(page.locator("#id_locations-0-latitude").input_value())
    assert moved == pytest.approx(latitude + 0.05, abs=0.002)
    expect(page.locator("#id_locations-0-coords_approx")).to_be_checked()
    assert committed(lambda: Incident.objects.filter(title="").count()) == 0
