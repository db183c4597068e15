"""Processes of our own, and their connections, on the database of the test at hand."""

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def environment() -> dict[str, str]:
    """The environment in which a child process finds the test database and the test broker.

    Only the name of the database differs from DATABASE_URL: server, socket and password stay.
    """
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return os.environ | {
        "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "VIGIL_LOCAL": "1",
    }


def end_other_sessions() -> None:
    """End whatever connections tests left open to their database.

    Playwright runs an event loop in this thread, and Django keeps a connection for inside and one
    for outside of it: this one may be dead by now, the other would keep the database.
    """
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
