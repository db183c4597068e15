"""Contributors' tools write drafts with the verbs and rules of the desk."""

import json
import threading

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from incidents import workflow
from incidents.models import Incident, WriteReceipt
from sources.models import Document
from tests import make
from tests.desk import signed_in
from tests.desk.tools import ADDRESS, Tool, complete, errors, small, token_of


@pytest.fixture
def ana(db) -> Tool:
    return Tool(token_of(make.ana()))


@pytest.fixture
def ed(db) -> Tool:
    return Tool(token_of(make.ed()))


def test_draft_goes_from_a_tool_into_review(ana):
    made = ana.create(complete())
    public_id = made.json()["id"]

    read = ana.read(public_id)
    body = read.json()["incident"] | {"summary": "Two vehicles exploded."}
    saved = ana.replace(public_id, body, read["ETag"])
    cited = ana.attach(public_id, {"document": "army-1", "credibility": 3}, saved["ETag"])
    submitted = ana.submit(public_id, cited["ETag"])

    assert made["Location"] == f"{ADDRESS}{public_id}/"
    assert made["ETag"] == read["ETag"] == '"1-draft"'
    assert saved["ETag"] == '"2-draft"'
    assert [c["document"] for c in cited.json()["incident"]["citations"]] == ["wire-1", "army-1"]
    assert submitted["ETag"] == '"3-in_review"'
    incident = Incident.objects.get()
    assert (incident.editorial_status, incident.author) == ("in_review", make.ana())


def test_answer_says_what_review_will_want(ana):
    answer = ana.create(small()).json()

    assert {lack["field"] for lack in answer["missing"]} == {"citations", "locations"}


def test_incomplete_draft_is_not_submitted(ana):
    made = ana.create(small())

    refused = ana.submit(made.json()["id"], made["ETag"], 409)

    assert set(errors(refused)) == {"citations", "locations"}
    assert Incident.objects.get().editorial_status == "draft"


def test_new_document_is_attached_with_its_archive_link(ana):
    made = ana.create(complete())
    new = {
        "url": "https://example.org/a",
        "source": "agency",
        "title": "Attack",
        "published": "2022",
    }
    cited = {"new_document": new, "archive_url": "https://archive.example.org/a", "credibility": 3}

    answer = ana.attach(made.json()["id"], cited, made["ETag"])

    document = Document.objects.get(url="https://example.org/a")
    assert document.archive_url == "https://archive.example.org/a"
    assert answer.json()["incident"]["citations"][1]["document"] == document.slug


def test_refused_source_names_its_own_fields(ana):
    made = ana.create(complete())

    refused = ana.attach(made.json()["id"], {"document": "nobody"}, made["ETag"], 400)

    assert "nobody" in errors(refused)["document"]


def test_write_without_if_match_is_refused(ana):
    public_id = ana.create(small()).json()["id"]

    for method, path in (("PUT", ""), ("POST", "submit/"), ("POST", "sources/")):
        answer = ana.ask(428, method, f"{public_id}/{path}", small())
        assert "If-Match" in answer.json()["detail"]
        ana.ask(428, method, f"{public_id}/{path}", small(), If_Match="*")
    assert Incident.objects.get().edition == 1


def test_stale_write_is_refused_with_the_present_etag(ana):
    made = ana.create(small())
    public_id = made.json()["id"]
    ana.replace(public_id, small(summary="First."), made["ETag"])

    stale = ana.replace(public_id, small(summary="Second."), made["ETag"], 412)

    assert stale["ETag"] == ana.read(public_id)["ETag"] == '"2-draft"'
    assert Incident.objects.get().summary == "First."


def test_status_that_changed_makes_a_copy_stale(ana):
    made = ana.create(complete())
    workflow.submit(Incident.objects.get(), by=make.ana(), at=timezone.now())

    ana.replace(made.json()["id"], complete(), made["ETag"], 412)


def test_tag_that_compression_made_weak_still_names_the_edition(ana):
    made = ana.create(small())

    ana.replace(made.json()["id"], small(summary="First."), f"W/{made['ETag']}")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"titel": "x"}, "titel", "did you mean title"),
        ({"killed_best": 3}, "killed_best", "no such field"),
        ({"harm": [{"bset": 3}]}, "harm.0.bset", "best"),
        ({"harm": [{"best": "3"}]}, "harm.0.best", "3 is not a whole number"),
        ({"harm": [{"best": True}]}, "harm.0.best", "whole number"),
        ({"harm": {}}, "harm", "list"),
        ({"harm": [3]}, "harm.0", "object"),
        ({"title": None}, "title", "null is not text"),
        ({"title": "\ud800"}, "title", "not text"),
        ({"date_start": "22/07/2022"}, "date_start", "2012-06-21"),
        ({"date_start": "2022-02-30"}, "date_start", "2022-02-30"),
        ({"time_local": "25:00"}, "time_local", "14:30"),
        ({"is_multiday": 1}, "is_multiday", "true nor false"),
        ({"locations": [{"latitude": "north"}]}, "locations.0.latitude", "degrees"),
        ({"citations": [{"new_document": {"link": "x"}}]}, "citations.0.new_document.link", "url"),
        ({"locations": [{"id": "0"}]}, "locations.0.id", "belong"),
    ],
)  # fmt: skip
def test_refusal_names_field_value_and_remedy(ana, change, field, said):
    made = ana.create(small())
    body = json.dumps(small(**change))

    refused = ana.replace(made.json()["id"], body, made["ETag"], 400)

    assert said in errors(refused)[field]
    assert Incident.objects.get().edition == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [("", 400), ("{", 400), ("[]", 400), ("null", 400), ("3", 400), ('{"title": NaN}', 400),
     ("[" * 200_000, 400), (" " * 3_000_000, 413), (b"\xff", 400)],
)  # fmt: skip
def test_what_is_no_document_is_refused_plainly(ana, body, status):
    answer = ana.create(body, status)

    assert answer["Content-Type"] == "application/problem+json"


def test_other_media_types_and_parameters_are_refused(ana):
    headers = ana.headers
    form = ana.client.post(ADDRESS, {"title": "x"}, headers=headers)
    asked = ana.client.get(f"{ADDRESS}0000000000/?fields=id", headers=headers)
    html = ana.client.get(f"{ADDRESS}0000000000/", headers=headers | {"Accept": "text/html"})

    assert (form.status_code, asked.status_code, html.status_code) == (415, 400, 406)
    assert "fields" in asked.json()["detail"]


def test_foreign_draft_is_not_to_be_seen_or_changed(ana, ed):
    made = ed.create(complete())
    public_id = made.json()["id"]
    unknown = ana.read("0000000000", 404).json()

    answers = [
        ana.read(public_id, 404),
        ana.replace(public_id, small(), made["ETag"], 404),
        ana.submit(public_id, made["ETag"], 404),
        ana.attach(public_id, {"document": "army-1"}, made["ETag"], 404),
    ]

    assert {a.json()["detail"] for a in answers} == {unknown["detail"]}
    assert not any(a.has_header("ETag") for a in answers)
    assert Incident.objects.get().edition == 1


def test_editor_sees_drafts_of_others_in_own_countries_only(ana, db):
    made = ana.create(small())
    scoped = make.person("edna", Role.EDITOR, countries=["NER"])
    make.country("NER")
    edna = Tool(token_of(scoped))

    edna.read(made.json()["id"], 404)
    refused = edna.create(small(), 400)
    edna.create(small(country="NER"))

    assert "NER" in errors(refused)["country"]


def test_token_reaches_no_further_than_its_role(ana):
    """An editor's tool with a contributor's token sees what a contributor sees."""
    made = ana.create(small())
    tool = Tool(token_of(make.ed(), Role.CONTRIBUTOR))

    tool.read(made.json()["id"], 404)


def test_contributor_does_not_change_what_is_in_review(ana):
    made = ana.create(complete())
    sent = ana.submit(made.json()["id"], made["ETag"])

    refused = ana.replace(made.json()["id"], complete(), sent["ETag"], 409)

    assert "Ask an editor" in refused.json()["detail"]


def test_nobody_writes_without_a_token_and_no_reader_with_one(db):
    rae = Tool(token_of(make.rae()))

    anonymous = Tool().create(small(), 401)
    wrong = Tool("vgl_0000000000_wrong").create(small(), 401)
    reader = rae.create(small(), 403)

    assert anonymous["WWW-Authenticate"].startswith("Bearer")
    assert wrong["WWW-Authenticate"].startswith("Bearer")
    assert "contributor" in reader.json()["detail"]
    assert not Incident.objects.exists()


def test_session_writes_with_its_csrf_token_and_second_factor_only(db):
    strict = Client(enforce_csrf_checks=True)
    signed_in(strict, make.ed())
    once = Client()
    once.force_login(make.ed())

    Tool(client=strict).create(small(), 403)
    Tool(client=once).create(small(), 403)
    Tool(client=signed_in(Client(), make.ed())).create(small())

    assert Incident.objects.count() == 1


def test_answers_are_stored_nowhere(ana):
    made = ana.create(small())
    read = ana.read(made.json()["id"])
    refused = ana.create({}, 400)

    for answer in (made, read, refused, ana.read("0000000000", 404), Tool().create({}, 401)):
        assert "no-store" in answer["Cache-Control"]
    assert "Authorization" in read["Vary"]


def test_request_sent_twice_is_done_once(ana):
    first = ana.create(small(), Idempotency_Key="a-1")
    again = ana.create(small(), Idempotency_Key="a-1")

    assert again.content == first.content
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert Incident.objects.count() == 1


def test_save_sent_twice_is_answered_although_its_tag_is_old(ana):
    made = ana.create(small())
    body = small(summary="First.")

    first = ana.replace(made.json()["id"], body, made["ETag"], Idempotency_Key="b-1")
    again = ana.replace(made.json()["id"], body, made["ETag"], Idempotency_Key="b-1")

    assert again["ETag"] == first["ETag"] == '"2-draft"'


def test_key_with_another_body_is_refused(ana):
    ana.create(small(), Idempotency_Key="a-1")

    ana.create(small(title="Another"), 422, Idempotency_Key="a-1")

    assert Incident.objects.count() == 1


def test_key_belongs_to_its_person(ana, ed):
    ana.create(small(), Idempotency_Key="a-1")
    ed.create(small(), Idempotency_Key="a-1")

    assert Incident.objects.count() == 2


def test_key_of_a_refused_request_may_be_used_again(ana):
    ana.create(small(title=""), 400, Idempotency_Key="a-1")
    ana.create(small(), Idempotency_Key="a-1")

    assert WriteReceipt.objects.count() == 1


def test_malformed_key_is_refused(ana):
    ana.create(small(), 400, Idempotency_Key="a b")


@pytest.mark.django_db(transaction=True)
def test_request_sent_twice_at_once_makes_one_record():
    token, body = token_of(make.ana()), small()
    start, answers = threading.Barrier(8), []

    def send() -> None:
        tool = Tool(token)
        start.wait()
        answers.append(tool.create(body, Idempotency_Key="a-1"))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({answer.content for answer in answers}) == 1
    assert sum(answer.has_header("Idempotency-Replayed") for answer in answers) == 7
    assert Incident.objects.count() == 1
