"""What the last seed runs wrote, kept in the audit trail: one entry for each run that changed.

The entry holds the digests of data and code and, for every row, its digest and the moment of its
last writing. So an unchanged seed is recognised at once, a changed row is found, and a row that a
person changed since is left to that person.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Self

from accounts import audit
from accounts.models import AuditEntry, User
from exchange.seed.reading import Row

VERB, NOUN = "seed", "seed data"


@dataclass
class Ledger:
    data: str = ""
    code: str = ""
    rows: dict[str, tuple[str, str]] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)

    @classmethod
    def last(cls) -> Self:
        """The newest entry, or an empty ledger for an empty house."""
        entry = AuditEntry.objects.filter(verb=VERB, noun=NOUN).order_by("-pk").first()
        if entry is None:
            return cls()
        rows = {key: (said[0], said[1]) for key, said in entry.detail["rows"].items()}
        return cls(entry.detail["data"], entry.detail["code"], rows)

    def holds(self, row: Row) -> bool:
        """Whether the row was written as it stands now."""
        return self.rows.get(row.key, ("", ""))[0] == row.digest

    def written_at(self, row: Row) -> dt.datetime | None:
        """When the row was last written; None if never."""
        said = self.rows.get(row.key)
        return dt.datetime.fromisoformat(said[1]) if said else None

    def note(self, row: Row) -> None:
        self.fresh[row.key] = row.digest

    def close(self, data: str, code: str, *, by: User, at: dt.datetime, **counts: int) -> None:
        """Append this run to the audit trail."""
        rows = self.rows | {key: (said, at.isoformat()) for key, said in self.fresh.items()}
        facts = {"data": data, "code": code, "rows": rows} | counts
        audit.record(VERB, NOUN, data[:16], by=by, at=at, **facts)
