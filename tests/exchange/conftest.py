"""What import tests share."""

import pytest

from exchange.models import ImportBatch
from exchange.ucdp.importing import import_file
from tests import make
from tests.exchange.ucdp_rows import write


@pytest.fixture
def countries():
    for iso3 in make.COUNTRIES:
        make.country(iso3)


@pytest.fixture
def bring(tmp_path):
    def bring(*rows, name="ged.csv", version="21.1", **options) -> ImportBatch:
        return import_file(write(tmp_path / name, *rows, version=version), **options)

    return bring
