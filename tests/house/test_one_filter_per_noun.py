"""Page and API of a noun ask with one and the same filter."""

import re

import pytest
from django.conf import settings
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator

from core.pages import ListQuestion
from core.viewsets import ReferenceQuestion
from incidents.api import IncidentViewSet
from incidents.questions import IncidentQuestion
from sources.filters import DocumentFilter
from vigil.api import NOUNS

VIEWSETS = NOUNS | {"incidents": IncidentViewSet}
FILTERS = {noun: viewset.questions["list"] for noun, viewset in VIEWSETS.items()}
# Nouns without a list of their own among the pages: shown with other nouns, or for scripts only.
WITHOUT_PAGE = {"areas", "releases", "types"}
# The page shows documents, the API their publishers: two nouns.
PAGES = FILTERS | {"sources": DocumentFilter}
DOCUMENT = SchemaGenerator().get_schema(request=None, public=True)


def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def narrowing(question):
    """Parameters that say what is asked, not how the answer is shown."""
    return set(question.base_filters) - set(question.presentation)


def test_every_question_about_a_list_stands_in_the_filters_of_its_room():
    assert get_resolver().url_patterns  # every view is imported
    found = [*below(ListQuestion), IncidentQuestion, *below(IncidentQuestion)]
    homes = {q.__module__ for q in found if q.__module__.split(".")[0] not in ("core", "tests")}

    assert {home for home in homes if home.split(".")[1] not in ("filters", "questions")} == set()


def test_no_noun_has_two_filters():
    lists = [q for q in below(ReferenceQuestion) if q.__module__.split(".")[0] != "tests"]

    assert sorted(q.__name__ for q in lists) == sorted(
        q.__name__ for q in {*FILTERS.values(), *PAGES.values()} - {FILTERS["incidents"]}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(PAGES.keys() - WITHOUT_PAGE))
def test_the_page_asks_with_the_filter_of_the_api(client, noun):
    page = client.get(f"/{noun}/")

    assert page.status_code == 200
    assert type(page.context["question"]) is PAGES[noun]


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(PAGES.keys() - WITHOUT_PAGE))
def test_page_and_api_refuse_the_same_words(client, noun):
    for name in narrowing(PAGES[noun]) & narrowing(FILTERS[noun]) - {"q"}:
        on_page, in_api = (
            client.get(f"{root}/{noun}/", {name: "no such thing"}) for root in ("", "/api/v1")
        )

        assert (on_page.status_code, in_api.status_code) == (400, 400), name


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_openapi_says_what_each_parameter_means(noun):
    documented = DOCUMENT["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]

    assert {p["name"] for p in documented} == set(FILTERS[noun].base_filters)
    assert [p["name"] for p in documented if not p.get("description")] == []


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_the_manual_names_the_parameters_of_each_list(noun):
    text = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{noun}` \|.*\|(.*)\|$", text, re.MULTILINE)

    assert set(re.findall(r"`(\w+)`", row[1])) == narrowing(FILTERS[noun])


def test_the_page_of_documents_explains_its_parameters_too():
    assert [n for n, p in DocumentFilter.base_filters.items() if not p.field.help_text] == []
