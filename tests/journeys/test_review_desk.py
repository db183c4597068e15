"""The pages of review in French, by keyboard, and without JavaScript."""

import datetime as dt

import pytest
from django.utils import timezone

from incidents import workflow
from incidents.desk.deeds import DEEDS
from incidents.models import Incident
from tests import make
from tests.journeys.conftest import WIDE
from tests.journeys.desk import FRENCH, as_person, checked, committed, press

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


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
    for one in DEEDS:
        rae.open(f"/desk/incidents/{public_id}/do/{one.verb}/")
        assert rae.barriers() == [], one.verb
        assert not rae.is_too_wide(), one.verb
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
