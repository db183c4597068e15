"""The source rule: what verification takes, and what it names as missing."""

import pytest
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident
from incidents.workflow import TransitionRefused
from sources.models import Source
from tests import make

pytestmark = pytest.mark.django_db


def sourced(*sources: tuple[str, str, int, str, dict]) -> Incident:
    """An incident in review that cites (slug, letter, digit, kind of publisher, more)."""
    which = make.incident(sourced=not sources)
    for slug, letter, digit, kind, more in sources:
        publisher = Source.objects.get_or_create(
            slug=f"publisher-{kind}",
            defaults={"name": f"Publisher {kind}", "kind": kind, "reliability": letter},
        )[0]
        root = make.document(more["copy_of"]) if "copy_of" in more else None
        make.document(slug, source=publisher, syndicated_from=root)
        speaker = more.get("speaker", "")
        make.citation(which, slug, reliability=letter, credibility=digit, original_speaker=speaker)
    which = workflow.submit(which, by=make.ed(), at=timezone.now())
    if not sources:
        which.citations.all().delete()
    return which


ENOUGH = {
    "two at C3": [("one", "C", 3, "news", {}), ("two", "C", 3, "wire", {})],
    "one investigation at B2": [("inquiry", "B", 2, "igo", {})],
    "one mission at A1": [("inquiry", "A", 1, "mission", {})],
}
TOO_LITTLE = {
    "none": ([], ["No source is graded C3 or better."]),
    "one paper": ([("one", "A", 1, "news", {})], ["Only one independent source"]),
    "a government alone": ([("one", "B", 2, "government", {})], ["Only one independent source"]),
    "an investigation at B3": ([("one", "B", 3, "igo", {})], ["Only one independent source"]),
    "copies of one story": (
        [
            ("one", "B", 2, "wire", {"copy_of": "root"}),
            ("two", "B", 2, "news", {"copy_of": "root"}),
        ],
        ["tell one story and count once"],
    ),
    "one speaker in two papers": (
        [
            ("one", "B", 2, "wire", {"speaker": "Army spokesman"}),
            ("two", "C", 3, "news", {"speaker": "army  spokesman"}),
        ],
        ["tell one story and count once"],
    ),
    "a weak second": (
        [("one", "B", 2, "wire", {}), ("two", "D", 2, "news", {})],
        ["“Report two” [D2] is graded below C3"],
    ),
    "a doubtful second": (
        [("one", "B", 2, "wire", {}), ("two", "B", 4, "news", {})],
        ["“Report two” [B4] is graded below C3"],
    ),
}


@pytest.mark.parametrize("name", ENOUGH)
def test_verify_takes(name):
    which = sourced(*ENOUGH[name])

    assert workflow.verify(which, by=make.rita(), at=timezone.now()).editorial_status == "verified"


@pytest.mark.parametrize("name", TOO_LITTLE)
def test_verify_names_what_is_missing_where_there_is(name):
    sources, said = TOO_LITTLE[name]
    which = sourced(*sources)

    with pytest.raises(TransitionRefused) as refused:
        workflow.verify(which, by=make.rita(), at=timezone.now())

    for text in said:
        assert text in str(refused.value)
    which.refresh_from_db()
    assert (which.editorial_status, which.reviewed_by) == ("in_review", None)


def test_three_reports_of_which_two_share_a_story_are_two_sources():
    which = sourced(
        ("one", "B", 2, "wire", {"copy_of": "root"}),
        ("two", "B", 2, "news", {"copy_of": "root"}),
        ("three", "C", 3, "monitor", {}),
    )

    assert workflow.why_not("verify", which, make.rita()) == []


def test_a_report_that_joins_two_stories_makes_them_one():
    which = sourced(
        ("one", "B", 2, "wire", {"copy_of": "root"}),
        ("two", "B", 2, "news", {"speaker": "The governor"}),
        ("three", "C", 3, "monitor", {"copy_of": "root", "speaker": "the governor"}),
    )

    with pytest.raises(TransitionRefused, match="count once"):
        workflow.verify(which, by=make.rita(), at=timezone.now())
