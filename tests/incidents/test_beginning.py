"""Before the first publication the record is empty, and the pages say why."""

import datetime as dt
import html
import re

import pytest
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db
BEGINS = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def record():
    make.published(BEGINS, day="2022-07-22")
    make.published(timezone.now() - dt.timedelta(hours=1), day="2022-07-23")


def words(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


COMPARED = "/incidents/compare/?as_of=2026-01-01&a.country=MLI&b.type=ARM-BAS"


@pytest.mark.parametrize("page", ["/incidents/?as_of=2026-01-01", COMPARED])
def test_a_day_before_the_record_is_told_with_a_way_to_its_beginning(client, page):
    answer = client.get(page)
    text = words(answer)

    assert "The record begins on 1 March 2026, 09:30 UTC." in text
    assert "Before that moment Vigil had published nothing" in text
    link = re.search(r'href="(\?[^"]+)"[^>]*>Show the record as it began', text)
    began = client.get(page.partition("?")[0] + link[1])
    assert began.status_code == 200
    assert "The record begins" not in words(began)
    assert re.search(r"\b1 incident\b|<td>1</td>", words(began))


def test_a_day_within_the_record_needs_no_such_words(client):
    assert "The record begins" not in words(client.get("/incidents/?as_of=2026-03-02"))
    assert "The record begins" not in words(client.get("/incidents/"))


def test_the_api_answers_the_same_day_with_an_empty_list(client):
    assert client.get("/api/v1/incidents/?as_of=2026-01-01").json()["count"] == 0
