"""Write the audit trail. Called inside the transaction that makes the change."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import AuditEntry, User


def record(
    verb: str, noun: str, object_id: object, *, by: User, at: dt.datetime, **detail: Any
) -> AuditEntry:
    """Append one entry: `by` did `verb` to the `noun` with `object_id` at `at`."""
    facts: Mapping[str, Any] = detail
    return AuditEntry.objects.create(
        at=at, by=by.username, verb=verb, noun=noun, object_id=str(object_id), detail=dict(facts)
    )
