"""No form and no button of the desk reaches a column that it does not show: each × every field."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from incidents import workflow
from incidents.apart import tell_apart
from incidents.models import DeskNotice, Incident
from tests import make
from tests.desk import conftest
from tests.desk.assigning import try_button, try_everything, try_form
from tests.desk.pages import fields
from tests.desk.verbs import in_review

pytestmark = pytest.mark.django_db
REASON = "Two sources agree."


def whole(**more: Any) -> Incident:
    """An incident with a row of every kind."""
    which = make.incident(author=make.ed(), **more)
    make.part(which)
    make.estimate(which, is_preferred=True)
    make.tie(which, make.campaign())
    return which


def classed(**more: Any) -> Incident:
    return make.incident(sensitivity="restricted", sensitivity_reason="Talks.", **more)


def proposed() -> Incident:
    which = classed()
    workflow.propose_lower(which, "public", reason=REASON, by=make.ed(), at=timezone.now())
    return which


def embargoed() -> Incident:
    end = timezone.now().replace(year=2099, microsecond=0)
    which = make.incident()
    workflow.extend_embargo(which, end, by=make.ed(), at=timezone.now())
    return which


def discarded() -> Incident:
    return workflow.discard(make.incident(), by=make.ed(), at=timezone.now(), reason=REASON)


def verified() -> Incident:
    return workflow.verify(in_review(), by=make.rita(), at=timezone.now())


DEEDS: dict[str, tuple[Any, dict[str, str]]] = {
    "submit": (make.incident, {}),
    "discard": (make.incident, {"reason": REASON}),
    "take_up": (discarded, {}),
    "verify": (in_review, {}),
    "send_back": (in_review, {"reason": REASON}),
    "publish": (verified, {}),
    "correct": (make.published, {"notice": REASON}),
    "withdraw": (make.published, {"reason": "not_confirmed"}),
    "split": (make.published, {"titles": "Attack at Kati camp\nAmbush at Kati"}),
    "assign": (in_review, {"to": "rita"}),
    "comment": (in_review, {"text": "@rita, is B2 right?"}),
    "raise_sensitivity": (make.published, {"to": "restricted", "reason": REASON}),
    "propose_lower": (classed, {"to": "public", "reason": REASON}),
    "agree_lower": (proposed, {}),
    "decline_lower": (proposed, {}),
    "extend_embargo": (make.incident, {"until": "2099-01-01T00:00"}),
    "lift_embargo": (embargoed, {"reason": REASON}),
}


def test_every_verb_that_writes_from_its_own_page_is_tried():
    """Merging writes from the page that shows both incidents, which is tried below."""
    assert DEEDS.keys() | {"merge"} == {row.verb for row in workflow.TRANSITIONS}


@pytest.mark.parametrize("verb", DEEDS)
def test_a_verb_writes_what_its_page_asks_and_nothing_else(ada, verb):
    build, typed = DEEDS[verb]
    page = reverse("desk:deed", args=[build().public_id, verb])

    try_everything(ada, page, "edition", **typed)


def test_a_merge_takes_the_fields_that_were_chosen_and_nothing_else(ada):
    goes, stays = make.published(), make.published(place="Kita")

    page = reverse("desk:join", args=[goes.public_id, stays.public_id])
    try_everything(ada, page, "notice", notice=REASON)


def test_a_version_made_of_two_is_what_was_chosen_and_nothing_else(ada):
    which = whole()
    page, to = (reverse(f"desk:{name}", args=[which.public_id]) for name in ("incident", "compare"))
    mine = fields(ada.get(page).content.decode(), "edition") | {"title": "Assault at Kati"}
    ada.post(page, mine | {"title": "Ambush at Kati", "save": "1"})

    choosing = ada.post(page, mine | {"save": "1"})
    assert choosing.status_code == 409
    html = choosing.content.decode()
    try_form(ada, to, html, fields(html, "yours"))


@pytest.mark.parametrize("button", ["other", "reconsider"])
def test_telling_two_incidents_apart_writes_that_and_nothing_else(ada, button):
    which, other = make.incident(), make.incident()
    if button == "reconsider":
        tell_apart(which, other, by=make.ed(), at=timezone.now())
    page = f"{reverse('desk:duplicates-watch')}?incident={which.public_id}"

    try_button(ada, page, reverse("desk:apart", args=[which.public_id]), button, other.public_id)


def test_a_notice_is_read_and_nothing_else_happens(ada):
    workflow.comment(make.incident(), "@ada, is B2 right?", by=make.ed(), at=timezone.now())
    notice = DeskNotice.objects.get(recipient__username="ada")

    try_button(ada, reverse("desk:queue"), reverse("desk:notice-read", args=[notice.pk]))


@pytest.mark.parametrize("way", ["incident", "autosave"])
def test_the_entry_page_writes_what_it_shows_and_nothing_else(ada, way):
    which = whole()
    page, to = (reverse(f"desk:{name}", args=[which.public_id]) for name in ("incident", way))

    try_everything(ada, page, "edition", action=to, title="Assault at Kati", save="1")


def test_a_new_entry_is_what_was_typed_and_nothing_else(ada):
    make.incident_type(), make.country("MLI")
    typed = {"title": "Assault at Kati", "type": "ARM-BAS", "country": "MLI", "when": "day",
             "date_start": "2022-07-22"}  # fmt: skip

    try_everything(ada, reverse("desk:entry"), "edition", **typed)


def related() -> Any:
    jnim = make.actor("jnim")
    make.alias(jnim, "GSIM", "fr")
    make.citation(make.relation(jnim, make.actor("aqim"), "supports", "2019-01-01"))
    return jnim


REFERENCE: dict[str, Any] = {
    "actors": related,
    "bodies": lambda: make.membership(make.body(), "MLI", "1975-05-28").body,
    "missions": conftest.mission,
    "campaigns": lambda: make.tie(make.incident(), make.campaign()).campaign,
    "sources": lambda: make.document().source,
    "documents": make.document,
}


@pytest.mark.parametrize("path", REFERENCE)
def test_a_reference_desk_writes_what_it_shows_and_nothing_else(ada, path):
    page = reverse(f"reference:{path}-edit", args=[REFERENCE[path]().slug])

    try_everything(ada, page, "edition", **{"title" if path == "documents" else "name": "Renamed"})


NEW: dict[str, dict[str, str]] = {
    "actors": {"name": "Front", "kind": "armed_group"},
    "bodies": {"name": "Alliance", "kind": "rec", "may_be_told": "on"},
    "missions": {
        "name": "Joint force",
        "kind": "peace_support",
        "cite": "wire-1",
        "may_be_told": "on",
    },
    "campaigns": {"name": "Wave", "kind": "episode"},
    "sources": {"name": "Wire", "kind": "wire", "reliability": "B"},
    "documents": {"title": "Report", "source": "agency", "reliability": "B"},
}


@pytest.mark.parametrize("path", NEW)
def test_a_new_row_of_a_reference_desk_is_what_was_typed_and_nothing_else(ada, path):
    try_everything(ada, reverse(f"reference:{path}-new"), "slug", **NEW[path])
