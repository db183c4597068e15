"""Ed and Ada signed in, for plain requests to the desk."""

import pytest
from django.test import Client

from accounts.choices import Role
from regions.models import Instrument, Mission
from sources.models import Source
from tests import make
from tests.desk import signed_in


@pytest.fixture
def ed():
    make.country("MLI")
    make.country("SOM")
    make.incident_type("ARM-BAS")
    return signed_in(Client(), make.ed())


@pytest.fixture
def publisher(db):
    return Source.objects.create(slug="afp", name="AFP", kind="wire", reliability="B")


def mission() -> Mission:
    named = {"name": "AMISOM", "kind": "peace_support"}
    made, is_new = Mission.objects.get_or_create(slug="amisom", defaults=named)
    if is_new:
        values = {"slug": "au-1", "body": make.body("au"), "title": "Mandate", "kind": "communique"}
        made.instruments.add(Instrument.objects.create(**values))
        make.citation(made)
    return made


@pytest.fixture
def ada(db):
    """Ada the administrator, who may do whatever the desk offers."""
    make.rita(), make.ed(), make.country("SOM"), make.incident_type("EXP-SVB"), mission()
    return signed_in(Client(), make.person("ada", Role.ADMINISTRATOR))
