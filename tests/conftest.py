"""Real PostgreSQL and real Redis for every test; `make test` provides their addresses."""

import pytest
from django.conf import settings
from django.utils import translation

from tests.processes import end_other_sessions
from vigil import translations
from vigil.celery import app


def pytest_configure(config: pytest.Config) -> None:
    """Compile the French texts once; give each parallel run its own broker database, so that tests
    never take another's task.

    The settings are loaded by now, and the run that starts the others must leave no trace in the
    environment that they inherit: so it is the settings that change, not REDIS_URL.
    """
    if not hasattr(config, "workerinput"):
        translations.compile_catalog(translations.stored())
    run = getattr(config, "workerinput", {}).get("workerid", "gw0")
    number = 1 + int(run.removeprefix("gw")) % 14
    settings.REDIS_URL = f"{settings.REDIS_URL.rpartition('/')[0]}/{number}"
    settings.CELERY_BROKER_URL = app.conf.broker_url = settings.REDIS_URL


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database goes at the end, though some test still holds a connection to it."""
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


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
