import pytest

from tests import make
from tests.desk import signed_in


@pytest.fixture
def ed(client, db):
    """Ed the editor at the desk."""
    return signed_in(client, make.ed())
