"""Two reports built once for a module, and one of them with what analysts might have written."""

import dataclasses
from contextlib import contextmanager

import pytest
from django.db import transaction

from reports.outputs.document import Document
from tests.reports.conftest import around, built, mali_in_july, planned, schedule

SITE = "https://vigil.example.org"
HOSTILE = '#panic("x") $y$ *z* <script>alert(1)</script> & \\ "q"'
ARABIC = "هجوم قرب كاتي"
WRITTEN = {
    "lead": "A wave of attacks.\n\nIt came near the capital.",
    "takeaways": [
        {
            "judgement": "Attacks near the capital will go on.",
            "evidence": HOSTILE,
            "likelihood": "likely",
            "confidence": "moderate",
            "figures": ["total.incidents", "total.killed"],
        }
    ],
    "captions": {"trend": "The summer stands out."},
    "notes": {"totals": "Kati is counted once."},
    "outlook": f"Watch the roads. {ARABIC}",
    "authors": "Vigil desk",
    "reviewers": "Rita",
}


@contextmanager
def two_reports(blocker):
    with blocker.unblock(), transaction.atomic():
        around()
        mali_in_july()
        french = schedule(slug="monthly-mli-fr", language="fr")
        yield {"en": built(planned()), "fr": built(planned(french))}
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reports(django_db_setup, django_db_blocker):
    with two_reports(django_db_blocker) as made:
        yield made


@pytest.fixture
def english(reports, db):
    return reports["en"]


@pytest.fixture
def french(reports, db):
    return reports["fr"]


def document(report, **changes):
    return dataclasses.replace(Document.of(report, SITE), **changes)


def with_words(report):
    """The same report as if analysts had written in it."""
    return document(report, written=WRITTEN)
