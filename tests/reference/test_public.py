"""How a row of the reference desks becomes public (docs/reference-desks.md)."""

import pytest

from actors.models import Actor
from sources.models import Document, Source
from tests import make
from tests.reference.forms import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(ed):
    """An actor, a publisher and a document, entered at the desk for a draft."""
    rows = {
        "actors": {"name": "Katiba X", "kind": "armed_group"},
        "sources": {"name": "Radio X", "kind": "news", "reliability": "C"},
        "documents": {"title": "Katiba X seen", "source": "radio-x", "reliability": "C",
                      "language": "fr"},
    }  # fmt: skip
    for path, values in rows.items():
        page = ed.get(f"/desk/{path}/new/")
        assert ed.post(f"/desk/{path}/new/", typed(page, **values)).status_code == 302
    return ed


PUBLIC = ["/actors/", "/actors/?q=katiba", "/api/v1/actors/", "/api/v1/sources/", "/sources/",
          "/search/?q=katiba", "/incidents/"]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_what_only_a_draft_knows_of_is_nowhere(entered, client, path):
    make.part(make.incident(), "katiba-x")
    client.logout()

    page = client.get(path).content.decode()

    assert "Katiba X" not in page
    assert "Radio X" not in page


def test_its_own_page_is_not_there_and_the_desk_says_why(entered, client):
    desk = entered.get("/desk/actors/katiba-x/").content.decode()
    client.logout()

    assert "Readers do not see this yet" in desk
    assert client.get("/actors/katiba-x/").status_code == 404


def test_it_appears_with_the_first_published_incident_that_names_it(entered, client):
    which = make.incident()
    make.part(which, "katiba-x")
    make.through_the_door(which)
    client.logout()

    assert client.get("/actors/katiba-x/").status_code == 200


def test_it_appears_with_a_sourced_fact_of_its_own(entered, client):
    make.country("MLI"), make.document("report")
    page = entered.get("/desk/actors/katiba-x/")
    rows = {"presences-0-kind": "operates", "presences-0-country": "MLI",
            "presences-0-cite": "report"}  # fmt: skip
    entered.post("/desk/actors/katiba-x/", typed(page, **rows))
    client.logout()

    assert client.get("/actors/katiba-x/").status_code == 200


def test_one_transaction_changes_the_row_and_the_audit_or_neither(entered):
    before = (Actor.objects.count(), Source.objects.count(), Document.objects.count())

    answer = entered.post("/desk/actors/new/", {"name": "Half"})

    assert answer.status_code == 422
    assert (Actor.objects.count(), Source.objects.count(), Document.objects.count()) == before
