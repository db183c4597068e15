"""An incident returned, mended, verified, published and corrected, by three people in a browser."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident
from tests import make
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.test_reference_desk import as_person, committed

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
FRENCH = {"viewport": WIDE, "locale": "fr-FR"}
WINDOWS = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])


def sent_in(place: str) -> str:
    """Ed's incident in review, with two sources; the number."""
    day = timezone.now().date() - dt.timedelta(days=3)
    which = make.incident(
        day=str(day),
        place=place,
        title=f"Attack on a post at {place}",
        summary="Attackers fired on a post of the gendarmerie before dawn.",
        weapons=["firearms"],
        targets=["police_gendarmerie"],
    )
    make.citation(which, "wire-2", credibility=3)
    make.part(which, "jnim", "perpetrator", attribution="suspected", claim_status="unclaimed")
    make.estimate(which, low=2, best=2, high=2, is_preferred=True)
    make.estimate(which, source="wire-2", low=4, best=4, high=5)
    Incident.objects.filter(pk=which.pk).update(killed_low=2, killed_best=2, killed_high=2)
    return workflow.submit(which, by=make.ed(), at=timezone.now()).public_id


def number_of(request) -> str:
    return "phone" if "phone" in request.node.callspec.id else "wide"


def checked(visit, name: str) -> None:
    """Nothing that bars anybody, nothing wider than the window; a picture for the eye."""
    assert visit.barriers() == []
    assert not visit.is_too_wide()
    visit.shoot(name)


def press(visit, label: str) -> None:
    visit.page.get_by_role("button", name=label, exact=True).click()


def deed(visit, public_id: str, label: str) -> None:
    """Choose a verb on the review page."""
    visit.open(f"/desk/incidents/{public_id}/review/")
    visit.page.locator(".desk-verbs").get_by_role("button", name=label, exact=True).click()


@WINDOWS
def test_from_return_to_correction(rae, request):
    window = number_of(request)
    public_id = committed(lambda: sent_in("Sirakoro" if window == "wide" else "Diema"))

    # Rita finds it in the queue and returns it.
    as_person(rae, make.rita)
    rae.open("/desk/queue/?status=in_review")
    checked(rae, f"desk-queue-{window}")
    rae.page.locator(f"a[href*='{public_id}']").first.click()
    assert "The source rule is met" in rae.text()
    assert "What you can do" in rae.text()
    checked(rae, f"desk-review-{window}")
    deed(rae, public_id, "Return to the author")
    rae.page.fill("[name=reason]", "Say how many attackers there were, if a source does. @ed")
    checked(rae, f"desk-return-{window}")
    press(rae, "Return to the author")
    assert "Returned to the author" in rae.text(".desk-messages")

    # Ed reads why, mends it and submits it.
    as_person(rae, make.ed)
    rae.open("/desk/queue/")
    assert "Say how many attackers" in rae.text()
    rae.open(f"/desk/incidents/{public_id}/review/")
    assert "Returned by rita" in rae.text()
    rae.page.get_by_role("link", name="Edit", exact=True).click()
    summary = "About ten attackers fired on a post of the gendarmerie before dawn."
    rae.page.fill("#sheet [name=summary]", summary)
    rae.page.locator("#sheet button[name=submit]").click()
    rae.page.wait_for_load_state()
    deed_is_offered = rae.page.locator(".desk-verbs")
    rae.open(f"/desk/incidents/{public_id}/review/")
    assert "in review" in rae.text(".badges")
    assert "Verify" not in deed_is_offered.locator(".desk-buttons").inner_text()

    # Rita verifies and publishes.
    as_person(rae, make.rita)
    deed(rae, public_id, "Verify")
    assert summary in rae.text()
    checked(rae, f"desk-verify-{window}")
    press(rae, "Verify")
    assert "Verified" in rae.text(".desk-messages")
    deed(rae, public_id, "Publish")
    press(rae, "Publish")
    assert "Published" in rae.text(".desk-messages")

    # Rae reads it; so do programs.
    rae.page.context.clear_cookies()
    rae.open(f"/incidents/{public_id}/")
    assert summary in rae.text()
    said = rae.page.request.get(f"{rae.site}/api/v1/incidents/{public_id}/").json()
    assert said["summary"] == summary
    since = max(0, committed(newest) - 1)
    feed = rae.page.request.get(f"{rae.site}/api/v1/incidents/changes/?since={since}").json()
    assert [row["id"] for row in feed["results"]] == [public_id]

    # Later Ed knows more; Rita publishes the correction with its notice.
    as_person(rae, make.ed)
    rae.open(f"/desk/incidents/{public_id}/")
    better = "About ten attackers fired on a post of the gendarmerie; two gendarmes were killed."
    rae.page.fill("#sheet [name=summary]", better)
    rae.page.locator("#sheet button[name=save][value='1']").click()
    rae.page.wait_for_load_state()
    as_person(rae, make.rita)
    deed(rae, public_id, "Publish a correction")
    assert "What changes for readers" in rae.text()
    rae.page.fill("[name=notice]", "The ministry has given the toll: two gendarmes.")
    rae.page.fill("[name=notice_fr]", "Le ministère a donné le bilan : deux gendarmes.")
    checked(rae, f"desk-correct-{window}")
    press(rae, "Publish a correction")
    rae.open(f"/desk/incidents/{public_id}/history/")
    assert better in rae.text()
    checked(rae, f"desk-history-{window}")

    rae.page.context.clear_cookies()
    rae.open(f"/incidents/{public_id}/")
    assert better in rae.text()
    assert "The ministry has given the toll" in rae.text()
    rae.page.locator("details.differences summary").first.click()
    checked(rae, f"incident-corrected-{window}")


def newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM incidents_publishedincident")
        return cursor.fetchone()[0]


VERBS = [
    "submit", "assign", "split", "merge", "raise_sensitivity", "propose_lower", "extend_embargo",
    "withdraw", "comment", "lift_embargo", "agree_lower",
]  # fmt: skip


@pytest.mark.parametrize("rae", [WIDE, PHONE, FRENCH], indirect=True, ids=["wide", "phone", "fr"])
def test_no_page_of_a_verb_bars_anybody(rae):
    public_id = committed(lambda: sent_in("Nioro"))
    as_person(rae, make.rita)

    for verb in VERBS:
        rae.open(f"/desk/incidents/{public_id}/do/{verb}/")
        assert rae.barriers() == [], verb
        assert not rae.is_too_wide(), verb


@pytest.mark.parametrize("rae", [FRENCH], indirect=True, ids=["french"])
def test_the_desk_reviews_in_french(rae):
    public_id = committed(lambda: sent_in("Yelimane"))
    as_person(rae, make.rita)

    rae.open("/desk/queue/")
    checked(rae, "desk-queue-french")
    rae.open(f"/desk/incidents/{public_id}/review/")
    assert "Ce que vous pouvez faire" in rae.text()
    assert "What you can do" not in rae.text()
    checked(rae, "desk-review-french")
    rae.open(f"/desk/incidents/{public_id}/do/withdraw/")
    checked(rae, "desk-withdraw-french")
    rae.open(f"/desk/incidents/{public_id}/history/")
    checked(rae, "desk-history-french")


@pytest.mark.parametrize(
    "rae", [{"viewport": WIDE, "java_script_enabled": False}], indirect=True, ids=["no-script"]
)
def test_review_works_without_javascript_and_by_keyboard(rae):
    public_id = committed(lambda: sent_in("Bafoulabe"))
    as_person(rae, make.rita)
    rae.open(f"/desk/incidents/{public_id}/review/")

    comment = rae.page.locator("textarea[name=text]")
    comment.focus()
    rae.page.keyboard.type("Is the second figure from the ministry? @ed")
    rae.page.keyboard.press("Tab")
    rae.page.keyboard.press("Enter")
    rae.page.wait_for_load_state()

    assert "Your comment is below." in rae.text(".desk-messages")
    assert "Is the second figure from the ministry?" in rae.text(".desk-trail")
    rae.open(f"/desk/incidents/{public_id}/do/verify/")
    press(rae, "Verify")
    assert "Verified" in rae.text(".desk-messages")
