"""What a picker offers: an option, who asks for it, and how words are matched."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from accounts.models import User

MOST = 12


@dataclass(frozen=True)
class Option:
    """One row that the words may mean: its value, its name, and what tells it from homonyms.

    `fills` names sibling fields that choosing it fills in where they are empty.
    """

    value: str
    label: str
    note: str = ""
    fills: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """Who asks, and for an incident in which country (ISO3, or "")."""

    person: User
    country: str = ""


def like(rows: "QuerySet[Any]", words: str, *columns: str) -> "QuerySet[Any]":
    """Rows of which each word stands in one of the columns, whatever its case and accents."""
    for word in words.split():
        question = Q()
        for column in columns:
            question |= Q(**{f"{column}__unaccent__icontains": word})
        rows = rows.filter(question)
    return rows


def joined() -> Func:
    """The aliases of a row as one text."""
    return Func(
        F("aliases"),
        function="array_to_string",
        template="%(function)s(%(expressions)s, '|')",
        output_field=TextField(),
    )


def years(start: Any, end: Any) -> list[str]:
    if start and end:
        return [f"{start.year}–{end.year}"]
    if start:
        return [_("since %(year)s") % {"year": start.year}]
    return [_("until %(year)s") % {"year": end.year}] if end else []
