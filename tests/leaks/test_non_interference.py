"""What readers are told is the same to the byte, whatever the desk holds besides."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests import make
from tests.leaks.asking import HIDDEN_ID, answers, differing, every_request
from tests.leaks.hidden import NUMBER, hide_everything
from tests.reports.manuscripts import series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
LEAST = 500


@pytest.mark.timeout(900)
def test_public_answers_do_not_change_with_what_the_desk_hides(record_property, capsys):
    requests = every_request()
    before = answers(requests)

    counts = hide_everything()
    after = answers(requests)

    assert sum(number for kind, number in counts.items() if kind != "edited") == NUMBER
    assert len(requests) >= LEAST
    different = differing(before, after)
    with capsys.disabled():
        print(
            f"\nnon-interference: {len(requests)} public requests, {NUMBER} hidden incidents "
            f"({', '.join(f'{n} {kind}' for kind, n in sorted(counts.items()))}): "
            f"{len(different)} answers differ"
        )
    assert different == []


@pytest.mark.timeout(900)
def test_what_is_published_later_does_not_tell_what_was_hidden_before():
    """Numbers, orders and moments of a new version are the same, with and without hidden rows."""
    moment = timezone.now()
    public_id = "ZZZZZZZZZ0"
    asked = [
        f"/api/v1/incidents/{public_id}/", f"/api/v1/incidents/{public_id}/versions/",
        f"/incidents/{public_id}/", "/api/v1/incidents/?limit=5", "/api/v1/incidents/changes/",
        "/api/v1/incidents/?ordering=-published&limit=5", "/api/v1/incidents/facets/",
        "/api/v1/incidents/timeline/", "/api/v1/incidents/map/", "/api/v1/sources/?limit=3",
        "/api/v1/actors/?limit=3", "/api/v1/campaigns/?limit=3", "/api/v1/missions/?limit=3",
        "/api/v1/incidents/?format=csv", "/actors/", "/sources/", "/campaigns/", "/",
        "/reports/", "/reports/subscriptions/",
    ]  # fmt: skip
    requests = [(path, language) for path in asked for language in ("en", "fr")]

    def world(hides: bool) -> dict:
        with transaction.atomic():
            if hides:
                hide_everything()
            new = make.incident(public_id=public_id, slug="2022-07-30-new", killed_best=2,
                                killed_low=2, day="2022-07-30")  # fmt: skip
            make.estimate(new, low=2, best=2, high=2, is_preferred=True)
            make.part(new, "jnim")
            make.tie(new, make.campaign("july-2022-wave"))
            make.through_the_door(new, at=moment)
            found = answers(requests)
            transaction.set_rollback(True)
        return found

    assert differing(world(True), world(False)) == []


def test_a_hidden_series_is_asked_for_as_one_that_there_is_not():
    front = make.actor("quorvath-front", name="Quorvath Front", created_by=make.ed())
    series(slug="quorvath-actor-en", country=None, topic="actor", actor=front)

    known, unknown = (
        Client().post("/reports/subscriptions/", {"series": slug, "email": "rae@example.org"})
        for slug in ("quorvath-actor-en", "quorvath-nobody-en")
    )

    assert known.status_code == unknown.status_code == 400
    body = unknown.content.replace(b"quorvath-nobody-en", b"quorvath-actor-en")
    assert known.content == body


@pytest.mark.parametrize(
    "page",
    ["", "review/", "history/", "compare/", "do/publish/", "apart/", "join/ZZZZZZZZZ9/",
     "autosave/"],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["/desk/incidents/", "/api/v1/desk/incidents/"])
def test_the_desk_answers_a_stranger_alike_whether_there_is_such_an_incident(prefix, page):
    make.incident(public_id=HIDDEN_ID)

    known, unknown = (
        Client().get(f"{prefix}{public_id}/{page}") for public_id in (HIDDEN_ID, "ZZZZZZZZZ8")
    )

    assert known.status_code == unknown.status_code != 200
    location = unknown.get("Location", "").replace("ZZZZZZZZZ8", HIDDEN_ID)
    assert known.get("Location", "") == location
    body = unknown.content.replace(b"ZZZZZZZZZ8", HIDDEN_ID.encode())
    assert known.content == body
