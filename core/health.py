"""Whether the services behind the site answer, and whether its work is done."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


# What looks after the work, by the app that does it: names each part and whether all is well.
Watch = Callable[[], dict[str, bool]]
_WATCHES: list[Watch] = []


def watches(watch: Watch) -> Watch:
    """Have `/healthz/work` ask this function too."""
    _WATCHES.append(watch)
    return watch


def work() -> dict[str, bool]:
    """Each part of the work behind the pages, and whether it is done."""
    return {name: is_well for watch in _WATCHES for name, is_well in watch().items()}
