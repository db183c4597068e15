"""What was typed is kept: the page saves itself, once, and never over somebody else's words."""

import pytest
from django.utils import timezone

from incidents import drafting
from incidents.models import Incident
from sources.models import Document
from tests import make
from tests.desk.entering import KATI, only, save

pytestmark = pytest.mark.django_db


def test_autosave_is_the_same_verb_and_says_what_stands_in_the_way(ed):
    kept = ed.post("/desk/incidents/autosave/", {"title": "Only a title", "token": "T2"}).json()
    assert "saved" not in kept
    assert "missing" in kept["reason"]

    saved = ed.post("/desk/incidents/autosave/", KATI | {"token": "T2"}).json()
    assert saved["saved"]
    assert saved["action"] == f"/desk/incidents/{only().public_id}/"

    again = ed.post(
        saved["autosave"], KATI | {"summary": "More.", "edition": saved["edition"]}
    ).json()
    assert again["edition"] == saved["edition"] + 1
    assert only().summary == "More."


def test_a_new_document_becomes_a_known_one_when_the_page_saves_itself(ed, publisher):
    source = {
        "citations-count": "1",
        "citations-0-ref": "s1",
        "citations-0-url": "https://example.org/kati",
        "citations-0-source_said": "AFP",
        "citations-0-title": "Attack on a base",
        "token": "T3",
    }

    saved = ed.post("/desk/incidents/autosave/", KATI | source).json()

    slug = Document.objects.get(url="https://example.org/kati").slug
    row = " ".join(saved["sources"].split())
    assert f'name="citations-0-document" value="{slug}"' in row
    assert 'name="citations-0-ref" value="s1"' in row


def test_a_stale_autosave_is_refused(ed):
    incident = make.incident(author=make.ed())
    drafting.save(
        incident.public_id,
        drafting.from_json(drafting.to_json(drafting.read(incident)) | {"summary": "Theirs"}),
        by=make.ed(),
        at=timezone.now(),
        edition=1,
    )

    answer = ed.post(f"/desk/incidents/{incident.public_id}/autosave/", KATI | {"edition": "1"})

    assert answer.json()["conflict"]
    incident.refresh_from_db()
    assert incident.summary == "Theirs"


def test_a_page_sent_twice_makes_one_incident(ed):
    first = save(ed, {"token": "T1"})
    second = save(ed, {"token": "T1"})

    assert first.url == second.url
    assert Incident.objects.count() == 1
