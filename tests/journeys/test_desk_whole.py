"""The desk as a whole: one incident from the first word to its correction, and every page of it."""

from urllib.parse import urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import expect

from accounts import workflow as people
from accounts.choices import Role
from accounts.models import User
from incidents import workflow
from incidents.desk.deeds import DEEDS
from incidents.models import Incident
from reports.delivery import webhooks
from reports.models import Manuscript, Webhook
from sources.models import Document
from tests import make
from tests.accounts.conftest import PASSWORD, with_password
from tests.desk.policy import addresses
from tests.journeys import desk_pages
from tests.journeys.desk import (
    WINDOWS,
    as_person,
    checked,
    committed,
    deed,
    enter_kati,
    press,
    settle,
    window_of,
)
from tests.journeys.test_people import KEY
from tests.reports.manuscripts import manuscript, writes

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
SUMMARY = "Two vehicles exploded at the entrance; about ten attackers fired, the army said."
BETTER = "Two vehicles exploded at the entrance; the army later named one soldier killed."


def known_kati() -> Incident:
    """The incident of the seed."""
    return Incident.objects.get(title="Vehicle-bomb attack on the Kati garrison")


def newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM incidents_publishedincident")
        return cursor.fetchone()[0]


def told(visit, path: str) -> list[str]:
    """The numbers of the incidents that the interface answers."""
    answer = visit.page.request.get(visit.site + path).json()
    return [row["id"] for row in answer["results"]]


def edit(visit, public_id: str, summary: str, button: str) -> None:
    visit.open(f"/desk/incidents/{public_id}/")
    visit.page.fill("#sheet [name=summary]", summary)
    visit.page.locator(f"#sheet button{button}").click()
    visit.page.wait_for_selector(".desk-messages")


@WINDOWS
def test_the_kati_attack_goes_from_the_first_word_to_its_correction(rae):
    page, window = rae.page, window_of(rae)
    title = f"Vehicle bombs and shooting at the Kati garrison, {window}"
    known = committed(known_kati)

    # Ed enters it, is shown that it may be known, and says that it is not the same.
    as_person(rae, make.ed)
    public_id = enter_kati(rae, title)
    likely = page.locator("#duplicates li").filter(has=page.locator(f"[value='{known.public_id}']"))
    expect(page.locator("#duplicates")).to_contain_text("Probably entered already")
    expect(likely.first).to_contain_text(known.title)
    checked(rae, f"whole-duplicate-{window}")
    likely.get_by_role("button", name="Not the same").first.click()
    expect(page.locator("#duplicates details")).to_contain_text(known.title)
    press(rae, "Submit for review")
    expect(page.locator(".desk-messages")).to_contain_text("is now in review")
    settle(rae)

    # Rita finds it in the queue and returns it.
    as_person(rae, make.rita)
    rae.open("/desk/queue/?status=in_review")
    checked(rae, f"whole-queue-{window}")
    page.locator(f"a[href*='{public_id}']").first.click()
    assert "The source rule is met" in rae.text()
    checked(rae, f"whole-review-{window}")
    deed(rae, public_id, "Return to the author")
    page.fill("[name=reason]", "Say how many attackers there were, if a source does. @ed")
    checked(rae, f"whole-return-{window}")
    press(rae, "Return to the author")
    assert "Returned to the author" in rae.text(".desk-messages")

    # Ed reads why, mends it and submits it; he may not verify his own.
    as_person(rae, make.ed)
    rae.open("/desk/queue/")
    assert "Say how many attackers" in rae.text()
    rae.open(f"/desk/incidents/{public_id}/review/")
    assert "Returned by rita" in rae.text()
    edit(rae, public_id, SUMMARY, "[name=submit]")
    rae.open(f"/desk/incidents/{public_id}/review/")
    assert "in review" in rae.text(".badges")
    assert "Verify" not in rae.text(".desk-verbs .desk-buttons")
    deed(rae, public_id, "Propose a lower class")
    page.select_option("[name=to]", "public")
    page.fill("[name=reason]", "Both papers have printed all of it.")
    press(rae, "Propose a lower class")

    # Rita is the second person for the class; she verifies and publishes.
    as_person(rae, make.rita)
    deed(rae, public_id, "Agree to the lower class")
    press(rae, "Agree to the lower class")
    assert "The class is lowered" in rae.text(".desk-messages")
    deed(rae, public_id, "Verify")
    assert SUMMARY in rae.text()
    checked(rae, f"whole-verify-{window}")
    press(rae, "Verify")
    assert "Verified" in rae.text(".desk-messages")
    before = committed(newest)
    deed(rae, public_id, "Publish")
    press(rae, "Publish")
    assert "Published" in rae.text(".desk-messages")

    # A reader sees it; so do programs.
    page.context.clear_cookies()
    rae.open(f"/incidents/{public_id}/")
    assert rae.heading() == title
    assert SUMMARY in rae.text()
    assert public_id in told(rae, f"/api/v1/incidents/?q=Kati+garrison+{window}")
    assert told(rae, f"/api/v1/incidents/changes/?since={before}") == [public_id]

    # Later Ed knows more; Rita publishes the correction with its notice.
    as_person(rae, make.ed)
    edit(rae, public_id, BETTER, "[name=save][value='1']")
    as_person(rae, make.rita)
    deed(rae, public_id, "Publish a correction")
    assert "What changes for readers" in rae.text()
    page.fill("[name=notice]", "The army has named the soldier.")
    page.fill("[name=notice_fr]", "L'armée a nommé le soldat.")
    checked(rae, f"whole-correct-{window}")
    press(rae, "Publish a correction")
    rae.open(f"/desk/incidents/{public_id}/history/")
    assert BETTER in rae.text()
    checked(rae, f"whole-history-{window}")

    page.context.clear_cookies()
    rae.open(f"/incidents/{public_id}/")
    assert BETTER in rae.text()
    changed = page.locator("section", has=page.get_by_role("heading", name="What changed"))
    expect(changed.last).to_contain_text("The army has named the soldier.")
    page.locator("details.differences summary").first.click()
    checked(rae, f"whole-corrected-{window}")


def ada() -> User:
    return make.person("ada", Role.ADMINISTRATOR)


def zoe() -> User:
    """Zoe the editor has not set up her second factor yet."""
    return make.person("zoe", Role.EDITOR)


def scene() -> dict[str, str]:
    """Real objects for the pages, and a password and an app for Ada."""
    known = known_kati()
    draft = make.incident(title="Shooting at the Kati garrison", author=make.ed())
    waiting = make.incident(
        title="Vehicle bombs at the Kati garrison", place="Kati", author=make.ed()
    )
    make.part(waiting, "jnim", attribution="suspected", claim_status="unclaimed")
    make.estimate(waiting, low=2, best=2, high=2, is_preferred=True)
    make.ana()
    boss = with_password(ada())
    Authenticator.objects.filter(user=boss).delete()  # of the other window
    TOTP.activate(boss, generate_totp_secret())
    RecoveryCodes.activate(boss)
    now = timezone.now()
    secret = people.invite("new@example.org", Role.EDITOR, by=people.console(), at=now)[1]
    return {
        "known": known.public_id,
        "draft": draft.public_id,
        "waiting": workflow.submit(waiting, by=make.ed(), at=now).public_id,
        "document": Document.objects.earliest("pk").slug,
        "manuscript": str(waiting_report().pk),
        "job": str(waiting_report().job_id),
        "webhook": str(a_webhook(boss).uid),
        "secret": secret,
        "reset": f"{user_pk_to_url_str(boss)}-{default_token_generator.make_token(boss)}",
    }


def a_webhook(by: User) -> Webhook:
    """The same in both windows; nothing is sent to it."""
    found = Webhook.objects.first()
    address = "https://example.org/vigil"
    return (
        found
        or webhooks.register("Ministry", address, ["report.published"], by=by, at=timezone.now())[0]
    )


def waiting_report() -> Manuscript:
    """One that is being written; the same in both windows."""
    return Manuscript.objects.first() or writes(manuscript(), make.ana())


def add_key(visit) -> str:
    """Ada adds a key to her account; its number."""
    keys = visit.page.context.new_cdp_session(visit.page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    visit.open("/desk/me/factors/webauthn/add/")
    visit.page.get_by_role("button", name="Add the key").click()
    visit.page.wait_for_url("**/desk/me/factors/")
    visit.open("/desk/me/factors/webauthn/")
    href = visit.page.locator("a[href*='/webauthn/keys/']").first.get_attribute("href")
    return href.split("/keys/")[1].split("/")[0]


def swept(visit, name: str, path: str) -> list[str]:
    """What is wrong with the page, light and dark."""
    del visit.complaints[:]
    answer = visit.page.goto(visit.site + path)
    wrong = [] if answer.ok else [f"status {answer.status}"]
    shown = resolve(urlsplit(visit.page.url).path).view_name
    if shown != name and name != "people:start":
        wrong.append(f"leads to {visit.page.url}")
    if visit.is_too_wide():
        wrong.append("too wide")
    wrong += visit.barriers_in_any_light()
    wrong += visit.complaints
    settle(visit)
    return wrong


def test_the_sweep_knows_every_address_of_the_desk():
    names = {name for name, _path in addresses()}

    assert names - set(desk_pages.SHOWN) - set(desk_pages.LEFT_OUT) == set()
    assert (set(desk_pages.SHOWN) | set(desk_pages.LEFT_OUT)) - names == set()


@WINDOWS
@pytest.mark.timeout(900)
def test_no_page_of_the_desk_bars_anybody_light_or_dark(rae):
    # Keys belong to a name, not to a number.
    rae.site = rae.site.replace("127.0.0.1", "localhost")
    things = committed(scene)
    found: dict[str, list[str]] = {}

    def sweep(pages: dict[str, str]) -> None:
        for name, pattern in pages.items():
            path = pattern.format(**things)
            assert resolve(path.partition("?")[0]).view_name == name
            found[path] = swept(rae, name, path)

    sweep(desk_pages.NOBODY)
    rae.open("/desk/sign-in/")
    rae.page.get_by_label("User name or e-mail address").fill("ada")
    rae.page.get_by_label("Password").fill(PASSWORD)
    press(rae, "Sign in")
    sweep(desk_pages.HALF_SIGNED_IN)
    sweep_as = (
        (zoe, desk_pages.WITHOUT_FACTOR),
        (make.rae, desk_pages.READER),
        (make.ana, desk_pages.CONTRIBUTOR),
        (make.ed, desk_pages.EDITOR),
        (make.rita, desk_pages.REVIEWER),
    )
    for who, pages in sweep_as:
        as_person(rae, who, has_factor=who is not zoe)
        sweep(pages)
    for one in DEEDS:
        sweep({"desk:deed": f"{desk_pages.VERBS['desk:deed']}{one.verb}/"})
    as_person(rae, ada)
    things["key"] = add_key(rae)
    sweep(desk_pages.ADMINISTRATOR)

    print(f"{len(found)} pages, {2 * len(found)} readings by axe, {window_of(rae)}")
    rae.complaints.clear()
    strangers = [url for url in rae.strangers if not url.startswith(rae.site)]
    rae.strangers.clear()
    assert strangers == []
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
