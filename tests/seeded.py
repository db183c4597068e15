"""One seeded database for a module: loaded once, undone at the end."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from exchange.seed.loading import load


@contextmanager
def seeded_database(blocker) -> Iterator[None]:
    """Hold the seed in a transaction that is rolled back. Mark the module's tests `django_db`:
    each then undoes its own changes by a savepoint inside."""
    with blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def without_clocks(text: str) -> str:
    """The text without times of day: their digits may be those of anything that is secret."""
    return re.sub(r"\d{2}:\d{2}:\d{2}(\.\d+)?", "", text)
