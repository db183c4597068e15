"""The report desk: pages of the verbs, the preview, and who gets there."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from reports import workflow
from reports.choices import Release
from reports.manuscripts import releasing
from reports.manuscripts.writing import Known
from reports.models import Manuscript, Report
from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields
from tests.reports.conftest import JULY, built, planned
from tests.reports.hands import LEAD, at_desk, filled, now, page_of, three
from tests.reports.manuscripts import SECRET, manuscript, released, submitted, text, writes

pytestmark = pytest.mark.django_db


def test_from_the_last_word_to_the_public_page():
    found, ana, rita = manuscript(), at_desk(), at_desk(make.rita)
    sent = filled(ana, found, lead=LEAD, authors="The desk", **three())

    asked = ana.post(page_of(found, "write/"), sent | {"submit": "1"})
    assert asked.url == page_of(found, "do/submit/")
    ana.post(asked.url, fields(ana.get(asked.url).content.decode(), "edition"))
    mine = ana.get(page_of(found, "do/release/")).content.decode()
    do = page_of(found, "do/release/")
    done = rita.post(do, fields(rita.get(do).content.decode(), "edition"))

    assert "“Release” needs reviewer" in mine
    assert done.url == page_of(found)
    report = Report.objects.get()
    public = Client().get(f"/reports/{report.public_id}/").content.decode()
    assert LEAD in public
    assert "Written by analysts" in public
    assert "Likelihood: likely (55–80%)" in public
    assert "US Intelligence Community Directive 203" in public


def test_a_return_is_read_beside_the_text():
    found, rita = submitted(), at_desk(make.rita)

    rita.post(page_of(found, "do/return_to_writer/"), {"edition": 2, "comment": "Which day?"})

    html = at_desk().get(page_of(found, "write/")).content.decode()
    assert "Returned by rita" in html
    assert "Which day?" in html


def test_a_verb_in_the_wrong_state_is_refused_in_words():
    found, rita = released(), at_desk(make.rita)

    for verb in ("release", "submit", "take_back", "return_to_writer", "drop", "take_over"):
        values = {"edition": found.version, "comment": "x", "reason": "x"}
        answer = rita.post(page_of(found, f"do/{verb}/"), values)
        assert answer.status_code == 409
        assert "is released" in answer.content.decode()
    assert rita.get(page_of(found, "write/")).status_code == 403
    assert Report.objects.count() == 1


def test_an_unknown_verb_has_no_page():
    assert at_desk().get(page_of(manuscript(), "do/publish/")).status_code == 404


def test_what_a_further_edition_takes_over_is_marked_until_it_is_submitted():
    released()
    after, ed = manuscript(2), at_desk(make.ed)

    ed.post(page_of(after, "do/take_over/"), {"edition": 1})
    html = ed.get(page_of(after, "write/")).content.decode()
    unread = ed.post(page_of(after, "do/submit/"), {"edition": 2})
    read = ed.post(page_of(after, "do/submit/"), {"edition": 2, "checked": "on"})

    assert "To be checked: this text began with edition 1" in " ".join(html.split())
    assert SECRET in html
    assert unread.status_code == 409
    assert read.status_code == 302


def test_the_preview_is_the_whole_report_marked_as_not_published():
    found = writes(manuscript(), make.ana())

    answer = at_desk().get(page_of(found, "preview/"))

    html = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "Not published" in html
    assert "Quorvath lead" in html
    assert "Key figures" in html
    assert "data:image/svg+xml;base64," in html
    assert "/reports/" + found.job.key not in html


@pytest.mark.parametrize("page", ["", "write/", "preview/", "do/release/"])
def test_no_reader_and_no_stranger_opens_a_page_of_the_report_desk(page):
    found = writes(manuscript(), make.ana())

    stranger = Client().get(page_of(found, page))
    rae = signed_in(Client(), make.rae()).get(page_of(found, page))

    assert stranger.status_code == 302
    assert rae.status_code == 403
    assert SECRET not in rae.content.decode()


def test_generated_and_written_are_served_apart():
    found = released()
    report = Report.objects.get()

    told = Client().get(f"/api/v1/reports/{report.public_id}/").json()

    assert SECRET not in json.dumps(told.get("content", told.get("sections", {})))
    assert told["written"]["takeaways"][0]["judgement"].startswith(SECRET)
    assert report.checksum == found.checksum


def test_the_list_shows_what_waits_and_what_ended():
    first = submitted()
    releasing.release(first, by=make.rita(), at=timezone.now(), version=first.version)
    manuscript(2)

    html = at_desk().get("/desk/reports/").content.decode()

    assert "being written" in html
    assert "Ended last" in html
    assert "Schedules" not in html.partition("desk-tabs")[2].partition("</nav>")[0]


def test_an_incomplete_takeaway_does_not_break_the_preview():
    found = manuscript()
    releasing.write(found, {"takeaways": [{"evidence": "Only this."}]}, by=make.ana(),
                    at=timezone.now(), version=1)  # fmt: skip

    assert at_desk().get(page_of(found, "preview/")).status_code == 200
    assert at_desk().get(page_of(found)).status_code == 200


def test_an_editor_of_another_country_may_read_but_not_write():
    nadia = make.person("nadia", Role.EDITOR, countries=["NER"])
    found = manuscript()
    client = at_desk(lambda: nadia)

    assert client.get(page_of(found)).status_code == 200
    assert client.get(page_of(found, "write/")).status_code == 403
    assert client.post(page_of(found, "write/"), {"lead": LEAD}).status_code == 403
    assert text()["lead"] not in json.dumps(now(found).written)


def test_a_reviewed_schedule_lays_what_was_built_before_its_writers(mali):
    found = planned(period=JULY)
    type(found.schedule).objects.filter(pk=found.schedule.pk).update(release=Release.REVIEWED)

    laid = built(found)

    assert isinstance(laid, Manuscript)
    assert not Report.objects.exists()
    assert workflow.drafted(laid).checksum == laid.checksum
    assert {item["key"] for item in laid.items} >= {"total.incidents"}
    known = Known.of(workflow.drafted(laid))
    keys = sorted(known.figures)[:2]
    written = text(notes=dict.fromkeys(sorted(known.sections)[:2], "Read."))
    for row in written["takeaways"]:
        row["figures"] = keys
    saved = releasing.write(laid, written, by=make.ana(), at=timezone.now(), version=1)
    sent = releasing.submit(saved, by=make.ana(), at=timezone.now())
    report = releasing.release(sent, by=make.rita(), at=timezone.now(), version=sent.version)
    assert report.checksum == laid.checksum
    assert report.job == found
