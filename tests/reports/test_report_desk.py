"""The report desk: analysts write beside what was generated, and lose nothing."""

import datetime as dt
import json

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields
from tests.reports.hands import LEAD, at_desk, filled, now, page_of, three
from tests.reports.manuscripts import manuscript

pytestmark = pytest.mark.django_db


def test_an_analyst_writes_and_the_figures_are_chosen_from_the_report():
    found, client = manuscript(), at_desk()
    sent = filled(client, found, lead=LEAD, authors="The desk", **three(),
                  **{"captions-map": "Dots.", "notes-totals": "Late reports."})  # fmt: skip

    answer = client.post(page_of(found, "write/"), sent | {"save": "1"})

    written = now(found).written
    assert answer.url == page_of(found, "write/")
    assert written["takeaways"][0]["figures"] == ["total.killed"]
    assert written["captions"] == {"map": "Dots."}
    assert written["notes"] == {"totals": "Late reports."}
    assert list(now(found).writers.all()) == [make.ana()]


def test_what_was_generated_stands_beside_the_form_and_is_no_field():
    found, client = manuscript(), at_desk()

    html = client.get(page_of(found, "write/")).content.decode()

    assert "Generated from the record" in html
    assert "people were killed." in html
    assert "people were killed." not in str(fields(html, "edition"))
    assert "People killed: 35 [total.killed]" in html
    assert "Countries, Mali, Killed: 30 [country.MLI.killed]" in html


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"add": "1"}, ["Judgement 0.", "Judgement 1.", "Judgement 2.", ""]),
        ({"remove": "1"}, ["Judgement 0.", "Judgement 2."]),
        ({"up": "2"}, ["Judgement 0.", "Judgement 2.", "Judgement 1."]),
        ({"remove": "9"}, ["Judgement 0.", "Judgement 1.", "Judgement 2."]),
        ({"up": "0"}, ["Judgement 0.", "Judgement 1.", "Judgement 2."]),
    ],
)
def test_key_takeaways_come_go_and_move_without_a_script_and_without_saving(button, expected):
    found, client = manuscript(), at_desk()
    sent = filled(client, found, lead=LEAD, **three())

    answer = client.post(page_of(found, "write/"), sent | button)

    shown = fields(answer.content.decode(), "edition")
    count = int(shown["takeaways-count"][0])
    assert [shown[f"takeaways-{n}-judgement"][0] for n in range(count)] == expected
    assert shown["lead"] == [LEAD]
    assert now(found).written == {}


@pytest.mark.parametrize(
    ("change", "control", "said"),
    [
        ({"takeaways-0-figure0": "Something"}, "takeaways-0-figure0", "“Something” is no figure"),
        ({"lead": "Call 76 12 34 56."}, "lead", "looks like a telephone number"),
        ({"takeaways-0-likelihood": "perhaps"}, "takeaways-0-likelihood", "perhaps is not known"),
        ({"outlook": "x" * 3000}, "outlook", "This has 3000 characters"),
        ({"notes-totals": "At 12.745, -8.071."}, "notes-totals", "looks like coordinates"),
    ],
)
def test_a_refusal_stands_at_its_field_and_everything_typed_stays(change, control, said):
    found, client = manuscript(), at_desk()
    sent = filled(client, found, lead=LEAD, **three()) | {"save": "1"} | change

    answer = client.post(page_of(found, "write/"), sent)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert f'href="#id_{control}"' in html
    assert fields(html, "edition")["takeaways-1-judgement"] == ["Judgement 1."]
    assert now(found).written == {}


def test_the_second_of_two_writers_compares_and_loses_nothing():
    found, ana, ed = manuscript(), at_desk(), at_desk(make.ed)
    hers = filled(ana, found, lead="Ana’s lead.", **three())
    his = filled(ed, found, lead="Ed’s lead.", outlook="Ed’s outlook.")
    ana.post(page_of(found, "write/"), hers | {"save": "1"})

    conflict = ed.post(page_of(found, "write/"), his | {"save": "1"})
    html = conflict.content.decode()
    choosing = fields(html, "yours")
    assert conflict.status_code == 409
    assert "Ana’s lead." in html
    assert "Ed’s lead." in html
    merged = ed.post(page_of(found, "compare/"), choosing | {"choice-lead": "theirs"})

    assert merged.url == page_of(found, "write/")
    written = now(found).written
    assert written["lead"] == "Ana’s lead."
    assert written["outlook"] == "Ed’s outlook."
    assert len(written["takeaways"]) == 3
    assert set(now(found).writers.all()) == {make.ana(), make.ed()}


def test_a_third_who_comes_between_is_compared_again():
    found, ana, ed = manuscript(), at_desk(), at_desk(make.ed)
    his = filled(ed, found, lead="Ed’s lead.")
    ana.post(page_of(found, "write/"), filled(ana, found, lead="Ana’s lead.") | {"save": "1"})
    html = ed.post(page_of(found, "write/"), his | {"save": "1"}).content.decode()
    ana.post(page_of(found, "write/"), filled(ana, found, lead="Ana again.") | {"save": "1"})

    answer = ed.post(page_of(found, "compare/"), fields(html, "yours"))

    assert answer.status_code == 409
    assert "Ana again." in answer.content.decode()


def test_the_page_saves_itself_or_says_what_stands_in_the_way():
    found, client = manuscript(), at_desk()
    sent = filled(client, found, lead=LEAD)

    saved = client.post(page_of(found, "autosave/"), sent).json()
    stale = client.post(page_of(found, "autosave/"), sent | {"lead": "Other."}).json()
    wrong = client.post(
        page_of(found, "autosave/"), sent | {"lead": "a@b.org", "edition": saved["edition"]}
    ).json()

    assert (saved["saved"], saved["edition"]) == (True, 2)
    assert json.loads(saved["base"])["lead"] == LEAD
    assert "Write at least 3 key takeaways" in saved["notes"]
    assert stale["conflict"] is True
    assert wrong["reason"].startswith("Lead: “a@b.org” looks like an e-mail address.")
    assert now(found).written == {"lead": LEAD}


def test_words_that_are_not_neutral_are_marked_beside_the_form():
    found, client = manuscript(), at_desk()
    sent = filled(client, found, lead="The terrorists struck.")

    notes = client.post(page_of(found, "autosave/"), sent).json()["notes"]

    assert "terrorists" in notes
    assert 'href="#id_lead"' in notes


def test_a_copy_from_the_device_is_shown_and_not_saved():
    found, client = manuscript(), at_desk()

    answer = client.post(
        page_of(found, "write/"), filled(client, found, lead=LEAD) | {"restore": "1"}
    )

    assert "This is the copy from this device" in answer.content.decode()
    assert now(found).written == {}


def test_a_form_that_comes_too_late_is_kept_for_its_writer():
    """Editors are signed out after half an hour; what they sent waits for them."""
    found, client = manuscript(), at_desk(make.ed)
    sent = filled(client, found, lead=LEAD) | {"save": "1"}
    long_ago = timezone.now() - dt.timedelta(hours=1)
    UserSession.objects.filter(user=make.ed()).update(last_seen_at=long_ago)

    answer = client.post(page_of(found, "write/"), sent)
    client = signed_in(client, make.ed())

    assert answer.status_code == 302
    assert LEAD in client.get("/desk/me/unsent/").content.decode()


@pytest.mark.parametrize(
    "yours",
    ["", "[1,2", "[]", '{"takeaways":[1]}', '{"lead":["x"]}', '{"captions":{"map":3}}',
     '{"takeaways":[{"figures":3}]}', '{"takeaways":[{"figures":[3],"judgement":"J"}]}'],
)  # fmt: skip
def test_a_version_that_no_form_sends_is_taken_for_an_empty_one(yours):
    found, client = manuscript(), at_desk()

    answer = client.post(page_of(found, "compare/"), {"yours": yours, "edition": "1"})

    assert answer.status_code == 302
    assert now(found).written == {}
