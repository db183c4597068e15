"""Which incidents contain some words: PostgreSQL's text search answers, not a copy of it."""

from typing import Any

from django.db import connections

from incidents import saying
from incidents.columns import reading
from incidents.columns.layout import Flags
from incidents.columns.memory import Lately
from incidents.columns.table import Table
from incidents.models import PublishedIncident

# One flag a row: a million rows are one megabyte each.
_lately: Lately[Flags] = Lately(16)


def containing(table: Table, text: str) -> Flags:
    """For each version of the record whether it contains the words."""
    connection = connections[PublishedIncident.objects.db]
    return _lately.get((table.number, text), lambda: table.flags(reading.saying(connection, text)))


def mended(text: str) -> str:
    """The text with misspelt words replaced by those of the record, or nothing."""
    return saying.mended(PublishedIncident, text)


def among(table: Table, rows: Any) -> Flags:
    """For each row of the table whether it is among those of a query."""
    return table.flags(reading.seqs(rows))


def forget() -> None:
    """Forget every text that was asked lately."""
    _lately.forget()
