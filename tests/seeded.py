"""One seeded database for a module: loaded once, undone at the end."""

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
