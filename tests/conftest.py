"""Real PostgreSQL and real Redis for every test; `make test` provides their addresses."""

import os

import pytest
from django.utils import translation


def pytest_configure(config: pytest.Config) -> None:
    """Give each parallel run its own broker database, so that tests never take another's task."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    base = os.environ.get("REDIS_URL", "")
    if base:
        number = 1 + int(worker.removeprefix("gw")) % 14
        os.environ["REDIS_URL"] = f"{base.rsplit('/', 1)[0]}/{number}"


@pytest.fixture(autouse=True)
def _english():
    """Every test begins in English: a request leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Templates name static files without a manifest, so that no test needs `collectstatic`."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # Nor looks for the folder that `collectstatic` would make.
    settings.WHITENOISE_AUTOREFRESH = True
