"""Migrations say what they do and can be undone."""

import re

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

OURS = {"core", "accounts", "sources", "regions", "actors", "incidents", "exchange", "reports"}

pytestmark = pytest.mark.django_db


def ours():
    loader = MigrationLoader(connection)
    return {key: found for key, found in loader.disk_migrations.items() if key[0] in OURS}


def test_every_migration_is_named_for_what_it_does():
    vague = re.compile(r"_(auto|initial|tmp|alter|update|fix)(_|$)")

    assert [key for key in ours() if vague.search(key[1])] == []


def test_every_data_step_can_be_undone():
    one_way = [
        key
        for key, migration in ours().items()
        for step in migration.operations
        if isinstance(step, RunPython | RunSQL) and not step.reversible
    ]

    assert one_way == []
