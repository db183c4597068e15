"""The database's clock: the one authority on whether an embargo has passed."""

import datetime as dt

from django.db import connection


def database_time() -> dt.datetime:
    """Now, in UTC, whatever the clock of this machine says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
    return moment
