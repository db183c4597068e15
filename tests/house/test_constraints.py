"""Every named constraint and every trigger of ours refuses what it is there to refuse."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, transaction

from tests.house.constraints import CASES

pytestmark = pytest.mark.django_db

OURS = {"accounts", "sources", "regions", "actors", "incidents", "exchange", "reports"}


def ours() -> set[str]:
    """Names of all constraints and triggers of our models."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            found |= {constraint.name for constraint in model._meta.constraints}
            found |= {trigger.name for trigger in getattr(model._meta, "triggers", [])}
    # One trigger holds two truths; each has a case under its own name. Another refuses nothing: it
    # gathers words (tests/incidents/test_search.py).
    return found - {"incident_published_is_sourced", "record_words_are_kept"}


def protects(name: str, said: str) -> bool:
    """Whether a protecting trigger spoke, which names the table instead of itself."""
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name == name
    }
    return any(re.search(rf"pgtrigger: Cannot .* rows .*\b{table}\b", said) for table in tables)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_database_refuses(name: str) -> None:
    raised_as = {"location_of_published_stays": "incident_published_has_location"}

    with pytest.raises((IntegrityError, InternalError)) as refused, transaction.atomic():
        CASES[name]()

    cause = refused.value.__cause__
    told = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    said = str(refused.value)
    assert told == raised_as.get(name, name) or name in said or protects(name, said)


def test_every_constraint_and_trigger_has_a_case_that_breaks_it() -> None:
    extra = {"incident_published_has_citation", "incident_published_has_location"}

    assert ours() == set(CASES) - extra
