"""What a row holds, as plain values. One picture serves the edition, the conflict and the audit.

The edition is a digest of the picture and not a version column: it covers the rows below a noun
too, and it notices changes that came by another way, such as an import or the administration.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models

Picture = dict[str, Any]
# Bookkeeping: never what somebody meant to say.
LEFT_OUT = {"id", "uuid", "created_at", "created_by", "updated_at", "search_key"}
NATURAL = ("slug", "iso3", "public_id", "username")


def natural(row: models.Model | None) -> str | None:
    """The name by which the world outside knows a row; its number where it has none."""
    if row is None:
        return None
    return next((str(getattr(row, name)) for name in NATURAL if hasattr(row, name)), str(row.pk))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def of_row(row: models.Model) -> Picture:
    """Fields and many-to-many fields of one row; other rows by their natural names."""
    found: Picture = {}
    for field in row._meta.concrete_fields:
        if field.name in LEFT_OUT or isinstance(field, SearchVectorField):
            continue
        value = getattr(row, field.name)
        found[field.name] = natural(value) if field.is_relation else _plain(value)
    for many in row._meta.many_to_many:
        found[many.name] = sorted(str(natural(one)) for one in getattr(row, many.name).all())
    return found


def edition(picture: Picture) -> str:
    """Twenty hexadecimal digits that change whenever anything in the picture does."""
    text = json.dumps(picture, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`{path: {"from": value, "to": value}}`, such as `memberships/17/ends_on`.

    A row that came or went is one change as a whole.
    """
    found: dict[str, dict[str, Any]] = {}
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            deeper = changes(old, new)
            found |= {f"{name}/{path}": values for path, values in deeper.items()}
        elif old != new:
            found[name] = {"from": old, "to": new}
    return found
