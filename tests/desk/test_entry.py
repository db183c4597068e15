"""The entry page without a browser: what a plain form sends, and what comes back."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from incidents import drafting
from incidents.models import Incident
from sources.models import Document
from tests import make
from tests.desk import signed_in
from tests.desk.entering import KATI, NEW, only, page, save, sent_by, wrong

pytestmark = pytest.mark.django_db


def test_the_least_is_a_title_a_type_a_day_and_a_country(ed):
    answer = save(ed, {})

    assert answer.status_code == 302
    assert answer.url == f"/desk/incidents/{only().public_id}/"
    assert only().editorial_status == "draft"
    assert only().author == make.ed()
    assert only().sensitivity == "restricted"


def test_what_is_missing_is_listed_with_links_and_nothing_typed_is_lost(ed):
    answer = save(ed, {"title": "", "date_start": "22 July", "summary": "Two vehicles."})

    assert answer.status_code == 422
    assert 'href="#id_date_start"' in page(answer)
    assert "“22 July” is not a day: write 2022-07-22." in page(answer)
    assert "Two vehicles." in page(answer)
    assert 'value="22 July"' in page(answer)
    assert not Incident.objects.exists()


def test_one_list_says_all_that_is_wrong(ed):
    answer = save(ed, {"type": "", "harm-count": "1", "harm-0-best": "many"})

    assert wrong(answer) == [
        "The type is missing. Choose what happened.",
        "“many” is not a whole number of people: write digits, or leave it empty if it is not "
        "known.",
    ]


def test_a_row_is_added_and_removed_without_losing_what_was_typed(ed):
    typed = {"harm-count": "1", "harm-0-best": "15", "title": "Half a title"}

    more = page(save(ed, typed | {"add": "harm"}))
    assert 'name="harm-1-best"' in more
    assert 'value="15"' in more
    assert "Half a title" in more

    less = page(save(ed, typed | {"harm-count": "2", "harm-1-best": "20", "remove": "harm-0"}))
    assert 'name="harm-1-best"' not in less
    assert 'value="20"' in less
    assert 'value="15"' not in less
    assert not Incident.objects.exists()


def test_two_sources_that_disagree_keep_their_figures(ed, publisher):
    fama = make.actor("fama", kind="armed_group", name="Malian Armed Forces")
    make.alias(fama, "FAMa", lang="fr")
    known = make.document("lemonde-kati", title="Une attaque vise Kati")

    answer = save(
        ed,
        {
            "citations-count": "2",
            "citations-0-ref": "s1",
            "citations-0-document_said": "Une attaque vise Kati",
            "citations-0-credibility": "2",
            "citations-1-ref": "s2",
            "citations-1-url": "https://example.org/kati",
            "citations-1-source_said": "afp",
            "citations-1-title": "Attack on a base near the capital",
            "citations-1-published": "2022-07-23",
            "citations-1-archive_url": "https://archive.example.org/kati",
            "citations-1-credibility": "3",
            "parties-count": "1",
            "parties-0-actor_said": "FAMA",
            "parties-0-role": "target",
            "parties-0-attribution": "confirmed",
            "parties-0-citation": "s1",
            "harm-count": "2",
            "harm-0-harm": "killed",
            "harm-0-best": "1",
            "harm-0-citation": "s1",
            "harm-0-is_preferred": "on",
            "harm-1-harm": "killed",
            "harm-1-low": "3",
            "harm-1-high": "1 5",
            "harm-1-citation": "s2",
        },
    )

    assert answer.status_code == 302, wrong(answer)
    figures = {(e.low, e.best, e.high): e.citation.document for e in only().estimates.all()}
    assert figures[(None, 1, None)] == known
    entered = Document.objects.get(url="https://example.org/kati")
    assert figures[(3, None, 15)] == entered
    assert entered.archive_url == "https://archive.example.org/kati"
    assert [p.actor for p in only().participations.all()] == [fama]
    assert only().killed_best == 1


def test_typed_coordinates_take_a_decimal_comma_and_refuse_the_impossible(ed):
    where = {"locations-count": "1", "locations-0-name": "Kati", "locations-0-longitude": "-8,071"}

    wrong = save(ed, where | {"locations-0-latitude": "127.45"})
    assert "“127.45” is not between -90 and 90 degrees" in page(wrong)

    assert save(ed, where | {"locations-0-latitude": "12,745"}).status_code == 302
    assert float(only().locations.get().latitude) == 12.745


@pytest.mark.parametrize(
    ("when", "first", "last", "stored", "said"),
    [
        ("day", "2022-07-22", "", ("2022-07-22", "2022-07-22", "day", False), "on 22 July 2022"),
        (
            "lasting",
            "2013-09-21",
            "2013-09-24",
            ("2013-09-21", "2013-09-24", "day", True),
            "from 21 to 24 September 2013 (four days)",
        ),
        (
            "day_range",
            "2025-10-28",
            "2025-10-29",
            ("2025-10-28", "2025-10-29", "day_range", False),
            "on 28 or 29 October 2025",
        ),
        (
            "month",
            "2025-10-14",
            "",
            ("2025-10-01", "2025-10-31", "month", False),
            "in October 2025 (exact day not known)",
        ),
        (
            "quarter",
            "2025-11-14",
            "",
            ("2025-10-01", "2025-12-31", "quarter", False),
            "in the fourth quarter of 2025",
        ),
        ("year", "2012-05-01", "", ("2012-01-01", "2012-12-31", "year", False), "in 2012"),
    ],
)
def test_how_surely_the_date_is_known(ed, when, first, last, stored, said):
    values = {"when": when, "date_start": first, "date_end": last}

    shown = ed.post("/desk/incidents/when/", KATI | values)
    answer = save(ed, values)

    assert f"Readers see: {said}" in page(shown)
    assert answer.status_code == 302, wrong(answer)
    kept = only()
    dates = (kept.date_start.isoformat(), kept.date_end.isoformat())
    assert (*dates, kept.date_precision, kept.is_multiday) == stored


def test_a_claim_has_its_own_day_and_channel(ed):
    make.actor("jnim", name="JNIM")

    answer = save(
        ed,
        {
            "claims-count": "1",
            "claims-0-claimant_said": "jnim",
            "claims-0-claimed_on": "2022-07",
            "claims-0-channel": "video",
        },
    )

    assert answer.status_code == 302, wrong(answer)
    claim = only().claims.get()
    assert (claim.claimed_on, claim.claimed_precision) == (dt.date(2022, 7, 1), "month")
    assert claim.channel == "video"


def test_a_page_that_nobody_changed_saves_no_change(ed):
    incident = make.incident(author=make.ed())
    make.part(incident)
    make.estimate(incident)
    make.tie(incident, make.campaign())
    path = f"/desk/incidents/{incident.public_id}/"
    # What other doors left open, such as the radius of an exact point, the first save fills in.
    assert ed.post(path, sent_by(ed.get(path))).status_code == 302
    incident.refresh_from_db()
    before, edition = drafting.read(incident), incident.edition

    answer = ed.post(path, sent_by(ed.get(path)))

    assert answer.status_code == 302, wrong(answer)
    incident.refresh_from_db()
    assert drafting.read(incident) == before
    assert incident.edition == edition


def test_doubtful_words_are_warned_of_and_saved_all_the_same(ed):
    answer = save(ed, {"title": "Brazen assault on Kati", "summary": "Terrorists attacked."})
    assert answer.status_code == 302

    shown = page(ed.get(answer.url))
    assert "“Brazen”" in shown
    assert "Write armed group, attackers or fighters" in shown

    unread = save(ed, {"title": "Brazen assault on Kati", "date_start": "soon"})
    assert "“Brazen”" in page(unread)


def test_submitting_says_what_review_still_wants_and_keeps_the_draft(ed):
    answer = save(ed, {"submit": "1"})

    assert answer.status_code == 422
    assert "Saved, but not ready for review yet." in page(answer)
    assert "Cite at least one source." in page(answer)
    assert only().editorial_status == "draft"


def test_a_complete_draft_is_handed_to_review(ed):
    incident = make.incident(author=make.ed())
    values = sent_by(ed.get(f"/desk/incidents/{incident.public_id}/"))

    answer = ed.post(f"/desk/incidents/{incident.public_id}/", values | {"submit": "1"})

    assert answer.status_code == 302, wrong(answer)
    incident.refresh_from_db()
    assert incident.editorial_status == "in_review"


def test_readers_and_strangers_do_not_come_in(ed):
    incident = make.incident()
    ana = signed_in(Client(), make.ana())

    assert Client().get(NEW).status_code == 302
    assert signed_in(Client(), make.rae()).get(NEW).status_code == 403
    assert ana.get(NEW).status_code == 200
    assert ana.get(f"/desk/incidents/{incident.public_id}/").status_code == 404


def test_a_verified_incident_says_why_it_is_closed(ed):
    incident = make.incident(author=make.ed())
    Incident.objects.filter(pk=incident.pk).update(
        editorial_status="verified", reviewed_by=make.rita(), reviewed_at=timezone.now()
    )

    answer = ed.get(f"/desk/incidents/{incident.public_id}/")

    assert answer.status_code == 403
    assert "a reviewer must send it back" in page(answer)


def test_my_drafts_lists_what_i_wrote(ed):
    mine = make.incident(author=make.ed(), title="Mine")
    make.incident(author=make.ana(), title="Somebody else’s")

    shown = page(ed.get("/desk/incidents/mine/"))

    assert mine.public_id in shown
    assert "Somebody else’s" not in shown
