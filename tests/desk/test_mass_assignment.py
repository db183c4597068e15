"""No write reaches a column that it does not name: every address × every field of every model."""

import datetime as dt
import json
from typing import Any

import pytest

from incidents.drafting import shape
from incidents.drafting.draft import Draft, DraftCitation
from incidents.drafting.wire import hints
from tests import make
from tests.desk.columns import outside, state, value_for
from tests.desk.tools import Tool, complete, token_of


def places(body: dict[str, Any], cls: type) -> list[tuple[str, dict[str, Any], type]]:
    """Each object within a body, with its path and what it is read as."""
    found = [("", body, cls)]
    for name, value in body.items():
        inner = shape.inner(hints(cls)[name])
        if inner is None:
            continue
        rows = value if isinstance(value, list) else [value]
        found += [(f"{name}", row, inner) for row in rows if isinstance(row, dict)]
    return found


def bodies(path: str) -> tuple[dict[str, Any], type]:
    if path == "sources/":
        new = {"url": "https://example.org/x", "source": "agency", "title": "X"}
        return {"new_document": new, "credibility": 3}, DraftCitation
    whole = complete(
        claims=[{"claimant": "jnim", "channel": "video"}],
        hostages={"persons": 2, "status": "released", "publish_policy": "publish"},
        ties=[{"campaign": make.campaign("wave").slug}],
        links=[{"target": make.published(place="Fana").public_id, "relation": "duplicate_of"}],
    )
    return whole, Draft


@pytest.mark.parametrize(
    ("method", "path"), [("POST", None), ("PUT", ""), ("POST", "sources/"), ("POST", "submit/")]
)
def test_no_field_outside_the_write_list_can_be_set(db, method, path):
    tool = Tool(token_of(make.ana()))
    made = tool.create(complete()).json()
    address = "" if path is None else f"{made['id']}/{path}"
    body, cls = ({}, None) if path == "submit/" else bodies(path or "")
    spots = [("", body, None)] if cls is None else places(body, cls)
    before, tried = state(), 0

    for where, row, kind in spots:
        for name in outside():
            if kind is not None and name in hints(kind):
                continue
            row[name] = value_for(name)
            answer = tool.call(method, address, body, headers={"If-Match": '"1-draft"'})
            del row[name]
            tried += 1
            assert answer.status_code == 400, (where, name, answer.status_code)
            assert any(name in error["field"] or error["field"] == "." for error in
                       answer.json()["errors"]), (where, name)  # fmt: skip

    assert state() == before
    print(f"{method} …/{path or ''}: {tried} fields in {len(spots)} places tried, 0 changed")


def test_every_field_that_may_be_written_is_stored_or_refused_as_said(db):
    """The write list is the document: each of its fields is in the answer, and nothing else is."""
    tool = Tool(token_of(make.ana()))
    body, _ = bodies("")

    answer = tool.create(body).json()["incident"]

    assert set(answer) == set(hints(Draft))
    assert json.dumps(answer["hostages"]) == json.dumps(
        {"persons": 2, "status": "released", "starts_on": None, "ends_on": None,
         "publish_policy": "publish"}
    )  # fmt: skip
    assert dt.date.fromisoformat(answer["date_end"]) == dt.date(2022, 7, 22)
