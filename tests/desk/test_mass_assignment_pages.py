"""No form of the desk reaches a column that it does not show: every page × every field."""

import random
import re
import secrets
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import workflow as people
from accounts.choices import Role
from incidents import workflow
from incidents.models import Incident
from regions.models import Instrument, Mission
from tests import make
from tests.desk import signed_in
from tests.desk.columns import every_model, outside, state, value_for
from tests.desk.pages import fields, shown
from tests.desk.verbs import in_review

pytestmark = pytest.mark.django_db
REASON = "Two sources agree."
# Fields that one request may hold, well below the limit of the site.
AT_ONCE = 500
PREFIX = re.compile(r"(?:.+-)?(?=[^-]+$)")
# What a clock gives has a fraction of a second; what the test asks for has none.
TICK = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+")
# A row's uuid is random, so it is told by the order in which it is met.
CHANCE = re.compile(r"[\da-f]{8}-[\da-f]{4}-[47][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}")


def unshown(html: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Every field of every model under every prefix of the form, but for what the page shows."""
    names = shown(html)
    places = {PREFIX.match(name)[0] for name in sent}
    places |= {re.sub(r"\d+-$", "", place) for place in places} | {"form-0-", "form-"}
    asked = {place + name: value_for(name) for place in sorted(places) for name in outside()}
    return {name: value for name, value in asked.items() if name not in names | sent.keys()}


@contextmanager
def as_if_never():
    """Keys and random text begin anew, and what is written within is undone."""
    dice = random.Random(1)
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(secrets, "choice", dice.choice)
        patch.setattr(secrets, "token_urlsafe", lambda size=32: dice.randbytes(size).hex())
        with connection.cursor() as cursor:
            for order in connection.ops.sequence_reset_sql(no_style(), every_model()):
                cursor.execute(order)
        yield
        transaction.set_rollback(True)


def stored() -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, audit and tokens too, but for what the clock and chance give."""
    met: dict[str, str] = {}

    def plain(text: str) -> str:
        text = CHANCE.sub(lambda found: met.setdefault(found[0], f"uuid {len(met)}"), text)
        return TICK.sub("now", text)

    return {name: [tuple(map(plain, row)) for row in rows] for name, rows in state(()).items()}


def outcome(client: Client, address: str, data: dict[str, Any]) -> Any:
    """Status, next address and everything stored after a POST that is then undone."""
    with as_if_never():
        answer = client.post(address, data)
        return answer.status_code, answer.headers.get("Location"), stored()


def try_everything(client, page, marker, *, action="", **changes):
    """Post the form of `page` as it is with `changes`, then with all that it does not show."""
    html = client.get(page).content.decode()
    sent = fields(html, marker) | changes
    address, before = action or page, stored()
    plain = outcome(client, address, sent)
    assert plain[0] in (200, 302), (address, plain[0])
    assert plain[2] != before, f"{address} wrote nothing by itself"

    extras = list(unshown(html, sent).items())
    for start in range(0, len(extras), AT_ONCE):
        more = dict(extras[start : start + AT_ONCE])
        status, location, rows = outcome(client, address, sent | more)
        assert (status, location) == plain[:2], (address, sorted(more))
        assert {name for name in rows if rows[name] != plain[2][name]} == set(), address
    assert stored() == before
    print(f"POST {address}: {len(extras)} fields tried, 0 changed")


@pytest.fixture
def ada(db):
    """Ada the administrator, who may do whatever the desk offers."""
    make.rita(), make.ed(), make.country("SOM"), make.incident_type("EXP-SVB"), mission()
    return signed_in(Client(), make.person("ada", Role.ADMINISTRATOR))


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


def verified() -> Incident:
    return workflow.verify(in_review(), by=make.rita(), at=timezone.now())


DEEDS: dict[str, tuple[Any, dict[str, str]]] = {
    "submit": (make.incident, {}),
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


def mission() -> Mission:
    named = {"name": "AMISOM", "kind": "peace_support"}
    made, is_new = Mission.objects.get_or_create(slug="amisom", defaults=named)
    if is_new:
        values = {"slug": "au-1", "body": make.body("au"), "title": "Mandate", "kind": "communique"}
        made.instruments.add(Instrument.objects.create(**values))
        make.citation(made)
    return made


def related() -> Any:
    jnim = make.actor("jnim")
    make.alias(jnim, "GSIM", "fr")
    make.citation(make.relation(jnim, make.actor("aqim"), "supports", "2019-01-01"))
    return jnim


REFERENCE: dict[str, Any] = {
    "actors": related,
    "bodies": lambda: make.membership(make.body(), "MLI", "1975-05-28").body,
    "missions": mission,
    "campaigns": lambda: make.tie(make.incident(), make.campaign()).campaign,
    "sources": lambda: make.document().source,
    "documents": make.document,
}


@pytest.mark.parametrize("path", REFERENCE)
def test_a_reference_desk_writes_what_it_shows_and_nothing_else(ada, path):
    page = reverse(f"reference:{path}-edit", args=[REFERENCE[path]().slug])

    try_everything(ada, page, "edition", **{"title" if path == "documents" else "name": "Renamed"})


def test_a_role_brings_no_other_power(ada):
    page, to = (reverse(f"people:{name}", args=["ed"]) for name in ("person", "change-role"))
    try_everything(ada, page, "role", action=to, role="reviewer", countries=["SOM"])


def test_a_token_reaches_as_far_as_was_chosen(ada):
    try_everything(ada, reverse("people:tokens"), "days", name="script", role="contributor")


def test_an_invitation_holds_what_was_typed(ada):
    try_everything(ada, reverse("people:invite"), "email", email="x@example.org", role="editor")


def test_whoever_accepts_an_invitation_gets_the_role_that_it_names(ada):
    _row, secret = people.invite(
        email="x@example.org", role=Role.EDITOR, countries=[], at=timezone.now(),
        by=make.person("ada", Role.ADMINISTRATOR),
    )  # fmt: skip
    password = "nine blue herons at dusk"
    typed = {"username": "noor", "new_password1": password, "new_password2": password}

    try_everything(Client(), reverse("people:accept", args=[secret]), "username", **typed)
