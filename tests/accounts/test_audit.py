"""The audit page: for administrators, narrowed strictly, exported under its own eyes."""

import csv
import json
import re
from pathlib import Path

import pytest
from django.db import InternalError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry
from accounts.reference import deeds
from incidents import workflow
from reports.manuscripts import release_table
from tests import make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db
APPS = ("accounts", "sources", "regions", "actors", "incidents", "exchange", "reports", "vigil")
PAGE, EXPORT = "/desk/audit/", "/desk/audit/export/"


@pytest.fixture
def ada(client):
    """Ada the administrator at the desk."""
    return signed_in(client, make.person("ada", "administrator"))


def entry(verb="edit", noun="actor", object_id="jnim", by=None, **detail):
    by = by or make.ed()
    return audit.record(verb, noun, object_id, by=by, at=timezone.now(), **detail)


def shown(answer):
    return [one.entry.object_id for one in answer.context["entries"]]


@pytest.mark.parametrize("who", [make.rae, make.ana, make.ed, make.rita])
def test_nobody_but_administrators_reads_or_exports_it(client, who):
    person = signed_in(client, who())

    assert person.get(PAGE).status_code == 403
    assert person.post(EXPORT).status_code == 403
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_an_entry_tells_who_did_what_and_from_which_value_to_which(ada):
    entry(changed={"status": {"from": "active", "to": "dormant"}})

    page = ada.get(PAGE).content.decode()

    assert "active</del>" in page
    assert "dormant</ins>" in page
    assert 'href="?by=ed"' in page


def test_the_deed_and_the_thing_are_said_in_words(ada):
    entry("send_back", "incident", "7H3KM2Q9XA")

    page = " ".join(ada.get(PAGE).content.decode().split())
    assert "has returned the incident" in page
    assert '<option value="send_back">has returned</option>' in page


def test_every_verb_of_the_audit_trail_has_words():
    code = [p for app in APPS for p in Path(app).rglob("*.py") if "migrations" not in p.parts]
    written = re.compile(r'audit\.record\(\s*"(\w+)", "([\w ]+)"')
    found = [pair for path in code for pair in written.findall(path.read_text())]
    tables = (*workflow.TRANSITIONS, *release_table.TRANSITIONS)
    verbs = {verb for verb, _noun in found} | {row.verb for row in tables}

    assert len(found) > 15
    assert verbs - deeds.DEEDS.keys() == set()
    assert {noun for _verb, noun in found} - deeds.THINGS.keys() == set()


def test_values_are_text_and_never_markup(ada):
    entry(changed={"name": {"from": "<script>", "to": "<b>"}})

    assert "<script>" not in ada.get(PAGE).content.decode().replace('<script src="', "")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "rita"}, ["b"]),
        ({"verb": "create"}, ["b"]),
        ({"noun": "body"}, ["c"]),
        ({"object": "a"}, ["a"]),
        ({"noun": "actor", "by": "ed"}, ["a"]),
        ({"from": "2000", "to": "2001-02"}, []),
        ({"from": "2000"}, ["c", "b", "a"]),
    ],
)
def test_it_is_narrowed_by_person_verb_noun_object_and_days(ada, asked, found):
    entry(object_id="a")
    entry("create", object_id="b", by=make.rita())
    entry(noun="body", object_id="c")

    assert shown(ada.get(PAGE, asked)) == found


def test_a_day_belongs_to_its_period_as_a_whole(ada):
    entry()
    today = timezone.now().date().isoformat()

    assert len(shown(ada.get(PAGE, {"from": today, "to": today}))) == 1


@pytest.mark.parametrize("asked", [{"colour": "red"}, {"from": "soon"}, {"cursor": "x"}])
def test_what_it_does_not_understand_it_refuses_by_name(ada, asked):
    answer = ada.get(PAGE, asked)

    assert answer.status_code == 400
    assert next(iter(asked)) in answer.content.decode()


def test_pages_follow_each_other_without_gap_or_double(ada):
    for number in range(120):
        entry(object_id=str(number))
    seen, address = [], PAGE
    while address:
        answer = ada.get(address)
        seen += shown(answer)
        following = answer.context["links"]["next"]
        address = f"{PAGE}{following}" if following else ""

    assert seen == [str(number) for number in reversed(range(120))]


def test_a_deep_page_reads_from_the_index_and_not_the_whole_trail(ada):
    from accounts.filters import AuditFilter

    rows = AuditFilter({}, AuditEntry.objects.all()).qs
    beyond = AuditFilter.order.beyond([5], backwards=False)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = AuditFilter.order.sort(rows.filter(beyond), backwards=False)[:50].explain()
    assert "Index Cond" in plan


def test_the_csv_has_one_line_for_each_changed_value(ada):
    entry(changed={"a": {"from": 1, "to": 2}, "b": {"from": None, "to": "x"}})
    entry("submit", "incident", "X")

    lines = b"".join(ada.post(f"{EXPORT}?format=csv")).decode().splitlines()

    rows = list(csv.DictReader(lines))
    assert [(row["object"], row["field"], row["from"], row["to"]) for row in rows] == [
        ("jnim", "a", "1", "2"),
        ("jnim", "b", "", "x"),
        ("X", "", "", ""),
    ]


def test_a_cell_never_begins_like_a_formula(ada):
    entry(object_id="=1+1", changed={"@x": {"from": "-1", "to": "+1"}})

    text = b"".join(ada.post(f"{EXPORT}?format=csv")).decode()

    row = next(csv.DictReader(text.splitlines()))
    assert all(row[name].startswith("'") for name in ("object", "field", "from", "to"))


def test_the_json_holds_every_entry_as_it_was_written(ada):
    entry(changed={"a": {"from": 1, "to": 2}})

    document = json.loads(b"".join(ada.post(f"{EXPORT}?format=json")))

    assert [one["detail"] for one in document["entries"]] == [
        {"changed": {"a": {"from": 1, "to": 2}}}
    ]


def test_an_export_answers_the_same_question_as_the_page_and_is_audited(ada):
    entry(object_id="a")
    entry(object_id="b")

    document = json.loads(b"".join(ada.post(f"{EXPORT}?object=a&format=json")))

    said = AuditEntry.objects.get(verb="export")
    assert [one["object"] for one in document["entries"]] == ["a"]
    assert (said.by, said.detail) == (
        "ada", {"format": "json", "question": "object=a", "entries": 1},
    )  # fmt: skip


def test_an_export_that_is_not_understood_is_refused_and_not_audited(ada):
    answer = ada.post(f"{EXPORT}?format=xml")

    assert answer.status_code == 400
    assert not AuditEntry.objects.exists()


def test_looking_is_no_export(ada):
    assert ada.get(EXPORT).status_code == 405


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_changes_or_removes_an_entry(change):
    made = entry()
    rows = AuditEntry.objects.filter(pk=made.pk)

    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        rows.update(by="x") if change == "update" else rows.delete()


def test_whatever_shape_a_detail_has_the_page_stands(ada):
    for detail in ({}, {"changed": None}, {"changed": {"a": 1}}, {"changed": {"a": [1, 2]}},
                   {"reason": "x", "n": 3, "deep": {"a": [1, {"b": None}]}}):  # fmt: skip
        entry(**detail)

    assert ada.get(PAGE).status_code == 200
