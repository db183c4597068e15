"""Statements that read a large part of a table, for which the planner's usual guess is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

# A common word is in a large part of the record. The planner would rather read everything, and
# take every text apart, than follow the index of words to where they are.
# Helpers of the server's process would begin and end longer than they save.
FOLLOW_THE_INDEX = (
    "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'; "
    "SET LOCAL max_parallel_workers_per_gather = 0"
)
# Two indexes together lead to few rows; along one of them many would be taken apart in vain.
FOLLOW_BOTH = f"{FOLLOW_THE_INDEX}; SET LOCAL enable_indexscan = off"


@contextmanager
def planned(connection: Any, settings: str) -> Iterator[Any]:
    """A cursor, in a transaction whose statements are planned with these settings.

    Within a transaction of somebody else settings would outlive the statement: they stay.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(settings)
        yield cursor


def in_one_go(connection: Any, settings: str, sql: str, params: Any) -> Any:
    """The one value of a statement that is planned with these settings, in one round to the server.

    Statements that are sent together are one transaction. See `planned` for that of somebody else.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql if connection.in_atomic_block else f"{settings}; {sql}", params)
        return cursor.fetchone()[0]
