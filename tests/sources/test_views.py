"""The pages of source documents."""

import pytest
from django.utils import timezone

from incidents import workflow
from incidents.models import Negotiation
from tests import make

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_a_document_shows_its_publisher_its_grade_and_what_cites_it(client):
    make.document(title="Attack on a base")
    make.published(place="Kati")

    page = text(client.get("/sources/wire-1/"))

    assert "Attack on a base" in page
    assert "Agency" in page
    assert "B: usually reliable" in page
    assert "Attack at Kati" in page


def test_a_draft_does_not_appear_under_its_source(client):
    make.incident(title="Secret draft title")

    assert "Secret draft title" not in text(client.get("/sources/wire-1/"))


def refused(client, slug):
    """Neither list nor page tells of the document."""
    listed = [row.slug for row in client.get("/sources/").context["documents"]]
    return slug not in listed and client.get(f"/sources/{slug}/").status_code == 404


def test_a_document_that_only_a_draft_cites_is_not_told_of(client):
    draft = make.incident()
    make.citation(draft, "tip-off")
    assert refused(client, "tip-off")

    make.through_the_door(draft)
    assert not refused(client, "tip-off")

    workflow.withdraw(draft, by=make.rita(), at=timezone.now(), reason="error")
    assert refused(client, "tip-off")


def test_a_document_that_only_a_withheld_incident_cites_is_not_told_of(client):
    held = make.incident(disclosure="country_month")
    make.citation(held, "tip-off")
    make.through_the_door(held)

    assert refused(client, "tip-off")


def test_a_citation_added_after_publication_waits_for_the_correction(client):
    make.citation(make.published(), "tip-off")

    assert refused(client, "tip-off")


def test_a_document_of_talks_about_hostages_is_not_told_of(client):
    talks = Negotiation.objects.create(
        slug="hostages", kind="hostage_negotiation", status="ongoing", text="about captives"
    )
    make.citation(talks, "tip-off")

    assert refused(client, "tip-off")


@pytest.mark.parametrize("noun", [make.actor, make.body, make.campaign])
def test_a_document_that_reference_data_cite_is_public_whatever_drafts_cite_it(client, noun):
    make.citation(make.incident(), "study")
    assert refused(client, "study")

    make.citation(noun(), "study")
    assert not refused(client, "study")


def test_a_copy_does_not_lead_to_an_original_that_only_a_draft_cites(client):
    make.citation(make.incident(), "tip-off")
    make.document("copy", syndicated_from=make.document("tip-off"))

    page = client.get("/sources/copy/")

    assert page.status_code == 200
    assert "tip-off" not in text(page)


def test_an_anonymous_source_stays_protected(client):
    make.document(
        "anon", title="Interview with an official", author="Somebody", protection="anonymous",
        url="https://example.org/traceable", note="met at a place",
    )  # fmt: skip

    page = text(client.get("/sources/anon/"))
    listed = text(client.get("/sources/?q=interview"))

    for traceable in ("Interview with", "Somebody", "example.org", "met at a place"):
        assert traceable not in page
        assert traceable not in listed
    assert "Anonymous source" in page


def test_the_list_is_found_by_words_and_reliability(client):
    make.document("one", title="Élections au Mali", reliability="C")
    make.document("two", title="Something else", reliability="A")

    page = text(client.get("/sources/?q=elections&reliability=C"))

    assert "Élections au Mali" in page
    assert "Something else" not in page


def test_the_list_is_paged(client):
    for number in range(55):
        make.document(f"d-{number:02}")

    first = client.get("/sources/")
    second = client.get(f"/sources/{first.context['links']['next']}")

    shown = [row.slug for page in (first, second) for row in page.context["documents"]]
    assert shown == [f"d-{number:02}" for number in range(55)]


@pytest.mark.parametrize(
    "path", ["/sources/?reliability=Z", "/sources/?x=1", "/sources/wire-1/?x=1"]
)
def test_what_is_not_understood_is_refused(client, path):
    make.document()

    assert client.get(path).status_code == 400


def test_more_rows_cost_no_more_queries(client, django_assert_max_num_queries):
    for number in range(5):
        make.published(place=f"Town-{number}")
    client.get("/sources/wire-1/")

    with django_assert_max_num_queries(6):
        client.get("/sources/wire-1/")
    with django_assert_max_num_queries(1):
        client.get("/sources/")
