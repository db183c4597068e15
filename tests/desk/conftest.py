"""Ed signed in, for plain requests to the desk."""

import pytest
from django.test import Client

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
