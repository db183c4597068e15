"""Ransoms and talks about hostages: what is told of them, in which words, and when nothing is."""

import json

import pytest
from django.test import Client
from django.utils import timezone, translation

from incidents import deals, record, workflow
from incidents.differences import in_words
from incidents.models import HostageCase, Incident, PublishedIncident
from incidents.versions import changes
from incidents.workflow.door import publish
from tests import make

pytestmark = pytest.mark.django_db
KEYS = {"ransoms", "hostage_talks"}


def kidnapping(**more) -> Incident:
    return make.incident(type_code="HOS-KID", targets=["civilians"], **more)


def freed(**more) -> Incident:
    """A kidnapping whose only case is closed and may be told, with a ransom and talks."""
    which = kidnapping(**more)
    make.freed(which)
    make.ransom(which)
    make.talks(which)
    return which


def row_of(which: Incident) -> PublishedIncident:
    return PublishedIncident.objects.current().get(public_id=which.public_id)


def told(which: Incident) -> dict:
    return row_of(which).payload


def page_of(which: Incident, language: str = "en") -> str:
    row = row_of(which)
    address = f"/incidents/{row.public_id}/{row.slug}/"
    answer = Client().get(address, headers={"accept-language": language})
    return " ".join(answer.content.decode().split())


def correct(which: Incident) -> dict:
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="More is known.")
    return told(which)


def test_a_ransom_is_told_with_every_source_once_the_case_is_closed():
    [ransom] = told(make.through_the_door(freed()))["ransoms"]

    assert (ransom["low"], ransom["best"], ransom["high"]) == (50e6, 50e6, 70e6)
    assert (ransom["currency"], ransom["status"], ransom["official_comment"]) == (
        "USD", "reported", "",
    )  # fmt: skip
    assert [(one["source"], one["low"], one["best"], one["note"]) for one in ransom["figures"]] == [
        ("wire-1", 50e6, None, ""), ("wire-2", None, 50e6, "approximately"),
    ]  # fmt: skip
    assert {one["slug"] for one in ransom["sources"]} == {"wire-1", "wire-2"}


def test_talks_are_told_with_their_sides_and_terms():
    [talks] = told(make.through_the_door(freed()))["hostage_talks"]

    assert [one["actor"] for one in talks["parties"]] == ["jnim"]
    assert (talks["status"], talks["terms"]) == ("concluded", ["prisoner_release"])
    assert talks["date"] == {"start": "2022-08-01", "end": "2022-08-31", "precision": "month"}


def test_an_incident_without_a_ransom_has_no_such_key_and_the_same_bytes_as_before():
    which = kidnapping()
    make.freed(which)
    make.through_the_door(which)
    before = record.would_say(which.pk, row_of(which).valid_from)

    paid = make.ransom(which)
    which.citations.filter(document__slug="wire-2").delete()
    with_ransom = record.would_say(which.pk, row_of(which).valid_from)
    paid.delete()
    after = record.would_say(which.pk, row_of(which).valid_from)

    assert set(with_ransom) - set(before) == {"ransoms"}
    assert {key: with_ransom[key] for key in before} == before
    assert json.dumps(after) == json.dumps(before)
    assert not KEYS & set(before)


@pytest.mark.parametrize(
    "case",
    [
        {"status": "held", "publish_policy": "withhold"},
        {"status": "unknown", "publish_policy": "withhold"},
        {"status": "released", "publish_policy": "withhold"},
    ],
)
def test_nothing_is_told_while_any_case_is_open_or_withheld(case):
    which = freed()
    HostageCase.objects.create(incident=which, persons=1, **case)

    payload = told(make.through_the_door(which))

    assert payload["is_withheld"]
    assert not KEYS & set(payload)


def test_nothing_is_told_of_an_incident_without_a_hostage_case():
    which = make.through_the_door(make.incident())
    make.ransom(which)
    make.talks(which)

    assert not KEYS & set(correct(which))


def test_nothing_is_told_of_an_incident_that_is_shown_by_country_and_month():
    which = freed(disclosure="country_month", sensitivity="restricted")

    assert not KEYS & set(told(make.through_the_door(which)))


def test_a_case_that_opens_again_takes_the_ransom_out_of_page_and_history():
    which = make.through_the_door(freed())
    which.hostage_cases.update(status="held", publish_policy="withhold")

    payload = correct(which)

    assert not KEYS & set(payload)
    assert "50 million" not in page_of(which)


@pytest.mark.parametrize("state", ["unpublished", "withheld", "open"])
def test_talks_are_not_told_while_another_incident_that_they_are_about_is_hidden(state):
    which, other = kidnapping(), kidnapping(place="Sokolo")
    make.freed(which)
    if state == "open":
        HostageCase.objects.create(incident=other, status="held")
    else:
        make.freed(other)
    make.talks(which, other)
    if state == "withheld":
        Incident.objects.filter(pk=other.pk).update(disclosure="country_month")
    if state != "unpublished":
        other.refresh_from_db()
        make.through_the_door(other)

    assert not KEYS & set(told(make.through_the_door(which)))


def test_talks_about_two_public_incidents_are_told_of_the_later_one():
    which, other = kidnapping(), kidnapping(place="Sokolo")
    make.freed(which)
    make.freed(other)
    make.talks(which, other)
    make.through_the_door(which)

    assert len(told(make.through_the_door(other))["hostage_talks"]) == 1


def test_talks_of_another_kind_stay_with_their_campaign():
    which = kidnapping()
    make.freed(which)
    make.talks(which, kind="ceasefire")

    assert not KEYS & set(told(make.through_the_door(which)))


def test_a_protected_document_is_a_source_without_a_name():
    which = freed()
    document = make.document("wire-2")
    document.protection, document.title = "anonymous", "Interview with a nurse"
    document.save()

    payload = told(make.through_the_door(which))

    assert payload["ransoms"][0]["figures"][1]["publisher"] == ""
    assert "nurse" not in json.dumps([payload["ransoms"], payload["hostage_talks"]])


def test_a_figure_of_a_document_that_is_not_cited_for_the_ransom_is_not_told():
    which = kidnapping()
    make.freed(which)
    paid = make.ransom(which)
    paid.citations.filter(document__slug="wire-2").delete()

    [ransom] = told(make.through_the_door(which))["ransoms"]

    assert [one["source"] for one in ransom["figures"]] == ["wire-1"]


def test_the_page_tells_figures_sources_disagreement_date_and_that_officials_are_silent():
    page = page_of(make.through_the_door(freed()))

    for words in (
        "50 to 70 million USD", "50 million USD", "reported, not confirmed",
        "The sources disagree: two different figures from two sources.", "approximately",
        "August 2022 (exact day not known)", "2 hostages; 1 more person released as well",
        "no official comment recorded", "a neighbouring state", "release of prisoners",
    ):  # fmt: skip
        assert words in page, words


def test_the_story_at_a_glance_says_that_it_is_a_report():
    page = page_of(make.through_the_door(freed()))

    assert "A ransom of 50 to 70 million USD by a state is reported, not confirmed." in page


def test_a_page_without_a_ransom_has_no_section_for_it():
    which = kidnapping()
    make.freed(which)

    assert 'id="deals"' not in page_of(make.through_the_door(which))


def test_the_api_offers_the_keys_and_answers_null_where_there_is_nothing():
    with_one, without = make.through_the_door(freed()), make.published(place="Segou")

    rows = Client().get("/api/v1/incidents/?fields=id,ransoms,hostage_talks").json()["results"]

    by_id = {row["id"]: row for row in rows}
    assert by_id[with_one.public_id]["ransoms"][0]["payee"] == "jnim"
    assert by_id[without.public_id] == {
        "id": without.public_id, "ransoms": None, "hostage_talks": None,
    }  # fmt: skip


def test_the_difference_of_two_versions_names_the_amounts():
    which = make.through_the_door(freed())
    before = told(which)
    which.ransoms.update(amount_high=90_000_000)

    [change] = in_words(changes(before, correct(which)))

    assert change.label == "ransoms"
    assert "50 to 70 million USD" in change.removed[0]
    assert "50 to 90 million USD" in change.added[0]


def test_no_change_of_a_ransom_is_silent_between_versions():
    """Each change alone makes another line, so that the comparison shows it."""
    [ransom] = told(make.through_the_door(freed()))["ransoms"]
    figure = ransom["figures"][0]
    changed = [
        {"payer": "another"}, {"payee_name": "another"}, {"status": "confirmed"}, {"hostages": 5},
        {"official_comment": "No."}, {"denied_by": "a ministry"}, {"also_released": 4},
        {"other_consideration": "prisoners"}, {"currency": "EUR"}, {"best": 60_000_000},
        {"paid_on": ransom["paid_on"] | {"precision": "year"}}, {"sources": []},
        {"figures": [figure | {"high": 1e8}]}, {"figures": [figure | {"note": "about"}]},
    ]  # fmt: skip

    lines = [deals.in_line("ransoms", ransom | change) for change in ({}, *changed)]

    assert len(set(lines)) == len(changed) + 1


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"low": 50e6, "best": 50e6, "high": 70e6}, "50 to 70 million USD"),
        ({"low": None, "best": 1.5e6, "high": None}, "1.5 million USD"),
        ({"low": 300_000, "best": None, "high": None}, "at least 300,000 USD"),
        ({"low": None, "best": None, "high": 2e6}, "up to 2 million USD"),
        ({"low": 900_000, "best": None, "high": 2e6}, "900,000 to 2,000,000 USD"),
        ({"low": 2, "best": None, "high": 2}, "2 USD"),
        ({"low": None, "best": None, "high": None}, "not known"),
    ],
)
def test_an_amount_is_said_as_it_is_known(figure, words):
    with translation.override("en"):
        assert deals.amount(figure, "USD") == words


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([1, 1], "Two sources give the same figure."),
        ([1, 2], "The sources disagree: two different figures from two sources."),
        ([1, 2, 2], "The sources disagree: two different figures from three sources."),
        ([1], ""),
        ([], ""),
    ],
)
def test_whether_sources_agree_is_said_only_of_several(figures, words):
    rows = [{"source": f"s{n}", "low": None, "best": best, "high": None}
            for n, best in enumerate(figures)]  # fmt: skip

    with translation.override("en"):
        assert deals.agreement(rows) == words


def test_a_ransom_that_is_denied_is_told_as_denied():
    which = kidnapping()
    make.freed(which)
    make.ransom(which, status="denied", denied_by="the ministry", official_comment="No payment.")

    page = page_of(make.through_the_door(which))

    assert "A ransom of 50 to 70 million USD is reported and denied." in page
    assert "denied by the ministry" in page
    assert "No payment." in page


def test_what_is_published_at_once_may_share_talks():
    """A bulk publication tells talks about incidents that become public together."""
    which, other = kidnapping(), kidnapping(place="Sokolo")
    for one in (which, other):
        make.freed(one)
    make.talks(which, other)

    workflow.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())

    assert [len(told(one)["hostage_talks"]) for one in (which, other)] == [1, 1]


def test_the_door_needs_no_more_people_for_a_ransom_than_for_the_rest():
    """The author cannot publish it, whatever is in it."""
    which = workflow.submit(freed(), by=make.ed(), at=timezone.now())
    which = workflow.verify(which, by=make.rita(), at=timezone.now())

    with pytest.raises(workflow.TransitionRefused):
        publish(which, by=make.ed(), at=timezone.now())
