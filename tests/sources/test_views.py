"""The pages of source documents."""

import pytest

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


def test_the_list_is_found_by_words_and_grade(client):
    make.document("one", title="Élections au Mali", reliability="C")
    make.document("two", title="Something else", reliability="A")

    page = text(client.get("/sources/?q=elections&grade=C"))

    assert "Élections au Mali" in page
    assert "Something else" not in page


def test_the_list_is_paged(client):
    for number in range(55):
        make.document(f"d-{number:02}")

    first = client.get("/sources/")
    second = client.get(f"/sources/{first.context['links']['next']}")

    shown = [row.slug for page in (first, second) for row in page.context["documents"]]
    assert shown == [f"d-{number:02}" for number in range(55)]


@pytest.mark.parametrize("path", ["/sources/?grade=Z", "/sources/?x=1", "/sources/wire-1/?x=1"])
def test_what_is_not_understood_is_refused(client, path):
    make.document()

    assert client.get(path).status_code == 400


def test_more_rows_cost_no_more_queries(client, django_assert_max_num_queries):
    for number in range(5):
        make.published(place=f"Town-{number}")
    client.get("/sources/wire-1/")

    with django_assert_max_num_queries(4):
        client.get("/sources/wire-1/")
    with django_assert_max_num_queries(1):
        client.get("/sources/")
