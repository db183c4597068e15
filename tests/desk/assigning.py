"""Forms of the desk, sent as they are and then with every field that they do not show."""

import random
import re
import secrets
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

from tests.desk.columns import every_model, outside, state, value_for
from tests.desk.pages import fields, shown

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
            for order in connection.ops.sequence_reset_sql(
                no_style(), every_model(include_auto_created=True)
            ):
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
    cookies = copy(client.cookies)
    with as_if_never():
        answer = client.post(address, data)
        told = answer.status_code, answer.headers.get("Location"), stored()
    # The cookie of a session that was begun by the POST is undone with it.
    client.cookies = cookies
    return told


def try_everything(client, page, marker, *, action="", **changes):
    """Post the form of `page` as it is with `changes`, then with all that it does not show."""
    html = client.get(page).content.decode()
    try_form(client, action or page, html, fields(html, marker) | changes)


def try_button(client, page, action, name="", value=""):
    """Press the button of `page` that posts `name` to `action`; then with all that it lacks."""
    html = client.get(page).content.decode()
    assert f'action="{action}"' in html, f"{page} has no button for {action}"
    assert not name or re.search(rf'name="{name}"\s+value="{value}"', html), (name, value)
    try_form(client, action, html, {name: value} if name else {})


def try_form(client, address, html, sent):
    """Post what the form on the page `html` sends, then that and each field that it lacks."""
    before = stored()
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
