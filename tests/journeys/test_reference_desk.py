"""Ed keeps an actor and a body in a real browser: wide, on a phone, by keyboard alone."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from actors.models import Actor
from regions.models import Membership
from tests import make
from tests.desk import signed_in
from tests.journeys.desk import FRENCH, WINDOWS, as_person, committed, tab_to
from tests.reference.forms import typed

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def ed(rae):
    """Ed with his browser; `@pytest.mark.parametrize("rae", …)` changes the window."""
    return as_person(rae, make.ed)


def wait_until_drawn(page, words, when):
    """Until the drawing has a lane that says both."""
    lane = page.locator("#drawing li", has_text=words).filter(has_text=when)
    lane.first.wait_for(timeout=10_000)
    page.wait_for_load_state("networkidle")


def as_before():
    """The other window begins where this one did."""
    jnim = Actor.objects.get(slug="jnim")
    jnim.aliases.filter(name="Groupe de soutien").delete()
    jnim.relations_out.filter(type="supports").delete()


@WINDOWS
def test_ed_adds_a_name_and_a_relation_to_an_actor_and_sees_them_drawn_first(ed):
    page = ed.page
    relations = Actor.objects.get(slug="jnim").relations_out.count()
    aliases = Actor.objects.get(slug="jnim").aliases.count()
    ed.open("/desk/actors/?q=jnim")
    page.get_by_role("link", name="JNIM").first.click()
    new = f"[name='relations_out-{relations}-"
    page.fill(f"[name='aliases-{aliases}-name']", "Groupe de soutien")
    page.fill(f"[name='aliases-{aliases}-lang']", "fr")
    page.select_option(f"[name='aliases-{aliases}-kind']", "variant")
    page.select_option(f"{new}type']", "supports")
    page.type(f"{new}target']", "katiba mac")
    page.wait_for_timeout(800)
    offered = page.locator(f"#id_relations_out-{relations}-target_list option")
    page.fill(f"{new}target']", offered.first.get_attribute("value"))
    page.fill(f"{new}starts_on']", "2018-05")
    wait_until_drawn(page, "JNIM supports", "May 2018")
    page.locator("#part-relations_out").scroll_into_view_if_needed()
    width = page.viewport_size["width"]
    ed.shoot(f"reference-actor-{width}")

    page.locator(".reference-save button").click()

    assert "Say who says so" in ed.text("#errors")
    # The browser notes the answer 422 as an error of its own.
    assert [said for said in ed.complaints if "422" not in said] == []
    ed.complaints.clear()
    assert ed.barriers() == []
    assert not ed.is_too_wide()
    ed.shoot(f"reference-actor-errors-{width}")

    page.fill(f"{new}cite']", "reuters")
    page.wait_for_timeout(800)
    offered = page.locator(f"#id_relations_out-{relations}-cite_list option")
    page.fill(f"{new}cite']", offered.first.get_attribute("value"))
    page.locator(".reference-save button").click()
    page.wait_for_selector(".desk-messages")

    assert "Saved" in ed.text(".desk-messages")
    assert "Groupe de soutien" in ed.text("main")
    ed.shoot(f"reference-actor-saved-{width}")
    ed.page.evaluate("window.scrollTo(0, 0)")
    assert ed.barriers() == []
    committed(as_before)


@WINDOWS
def test_ed_ends_a_membership_by_keyboard_alone(ed):
    page = ed.page
    page.set_default_timeout(10_000)
    row = Membership.objects.filter(body__slug="ecowas", ends_on=None, country__iso3="GHA").get()
    ed.open("/desk/bodies/ecowas/")
    number = page.evaluate(
        """pk => [...document.querySelectorAll('[name$="-id"]')]
                 .find(input => input.name.startsWith('memberships') && input.value == pk)
                 .name.split('-')[1]""",
        str(row.pk),
    )

    tab_to(page, f"#memberships-{number} > summary")
    page.keyboard.press("Enter")
    tab_to(page, f"[name='memberships-{number}-ends_on']")
    page.keyboard.type("2025-12-31")
    wait_until_drawn(page, "Ghana", "December 2025")
    tab_to(page, f"[name='memberships-{number}-note']")
    page.keyboard.type("Typed by keyboard alone.")
    page.wait_for_timeout(1_000)
    page.wait_for_load_state("networkidle")
    ed.shoot(f"reference-body-{page.viewport_size['width']}")
    tab_to(page, ".reference-save button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-messages")

    assert "Saved" in ed.text(".desk-messages")
    row.refresh_from_db()
    assert row.ends_on.isoformat() == "2025-12-31"
    assert AuditEntry.objects.latest("pk").object_id == "ecowas"
    assert ed.barriers() == []
    assert not ed.is_too_wide()
    committed(lambda: Membership.objects.filter(pk=row.pk).update(ends_on=None, note=""))


def test_enter_in_a_field_saves_and_does_not_add_a_row(ed):
    ed.open("/desk/sources/new/")
    ed.page.fill("[name=name]", "Radio Example")
    ed.page.select_option("[name=kind]", "news")
    ed.page.select_option("[name=reliability]", "C")
    ed.page.press("[name=name]", "Enter")
    ed.page.wait_for_selector(".desk-messages")

    assert ed.heading() == "Radio Example"


def test_one_more_row_comes_without_leaving_the_page(ed):
    ed.open("/desk/campaigns/new/")
    ed.page.fill("[name=name]", "Typed and kept")
    ed.page.locator("#part-phases button[name=more]").click()
    ed.page.locator("[name='phases-1-label']").wait_for()

    assert ed.page.input_value("[name=name]") == "Typed and kept"


@pytest.mark.parametrize("rae", [FRENCH], indirect=True, ids=["french"])
def test_the_desk_speaks_french(ed):
    ed.open("/desk/bodies/ecowas/")
    ed.shoot("reference-body-french")

    assert "Adhésions" in ed.text("#part-memberships")
    assert "Enregistrer" in ed.text(".reference-save")


def note_something():
    ed, path = signed_in(Client(), make.ed()), "/desk/actors/aqim/"
    ed.post(path, typed(ed.get(path), note=f"Checked at {timezone.now()}."))


@WINDOWS
def test_ed_is_shown_what_somebody_else_changed_meanwhile(ed):
    ed.open("/desk/actors/aqim/")
    committed(note_something)
    ed.page.fill("[name=short_name]", "AQMI")
    ed.page.wait_for_timeout(1_500)
    ed.page.locator(".reference-save button").click()

    assert "Somebody changed this" in ed.text("#errors")
    assert "AQMI" in ed.text("#errors table")
    ed.complaints.clear()
    assert ed.barriers() == []
    assert not ed.is_too_wide()
    ed.shoot(f"reference-conflict-{ed.page.viewport_size['width']}")


@WINDOWS
def test_ada_reads_the_audit_trail(rae):
    ada = as_person(rae, lambda: make.person("ada", "administrator"))
    committed(note_something)

    ada.open("/desk/audit/?noun=actor")

    assert "Checked at" in ada.text("main")
    assert ada.barriers() == []
    assert not ada.is_too_wide()
    ada.shoot(f"audit-{ada.page.viewport_size['width']}")
