"""What happened to an incident at the desk: verbs, comments and fields, in words."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry
from incidents.differences import Difference, in_words
from incidents.models import Incident, ReviewComment
from incidents.versions import Change

UUID = re.compile(r"\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What comments tell better than their audit entries.
TOLD = ("comment",)
VERBS: dict[str, str | Promise] = {
    "create": gettext_lazy("Entered"),
    "save": gettext_lazy("Saved"),
    "submit": gettext_lazy("Submitted for review"),
    "discard": gettext_lazy("Discarded"),
    "take_up": gettext_lazy("Taken up again"),
    "send_back": gettext_lazy("Returned to the author"),
    "verify": gettext_lazy("Verified"),
    "publish": gettext_lazy("Published"),
    "correct": gettext_lazy("Corrected"),
    "withdraw": gettext_lazy("Withdrawn"),
    "merge": gettext_lazy("Merged into another"),
    "split": gettext_lazy("Split"),
    "assign": gettext_lazy("Assigned"),
    "comment": gettext_lazy("Comment"),
    "raise_sensitivity": gettext_lazy("Class raised"),
    "propose_lower": gettext_lazy("Lower class proposed"),
    "agree_lower": gettext_lazy("Class lowered"),
    "decline_lower": gettext_lazy("Class kept"),
    "extend_embargo": gettext_lazy("Embargo set"),
    "lift_embargo": gettext_lazy("Embargo changed"),
    "publish_many": gettext_lazy("Published by an import"),
}


@dataclass(frozen=True)
class Event:
    """One line of the trail: who did what when, what they said, what they changed."""

    at: dt.datetime
    by: str
    verb: str
    label: str
    text: str = ""
    changes: list[Difference] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """One plain change is shown at once, more behind a click."""
        return len(self.changes) == 1

    @property
    def is_return(self) -> bool:
        return self.verb == "send_back"


def trail(incident: Incident, most: int | None = None) -> list[Event]:
    """Newest first; all of it, or the newest `most`."""
    entries = AuditEntry.objects.filter(noun="incident", object_id=incident.public_id)
    entries = entries.exclude(verb__in=TOLD).order_by("-at", "-pk")
    remarks = incident.comments.filter(kind=ReviewComment.Kind.REMARK)
    remarks = remarks.select_related("written_by").order_by("-written_at", "-pk")
    found = [_event(entry) for entry in entries[:most]]
    found += [
        Event(one.written_at, one.written_by.username, "comment", _label("comment"), one.text)
        for one in remarks[:most]
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)[:most]


def _label(verb: str) -> str:
    return str(VERBS.get(verb, verb))


def _event(entry: AuditEntry) -> Event:
    detail: Mapping[str, Any] = entry.detail
    said = detail.get("notice") or detail.get("reason") or ""
    return Event(
        entry.at,
        entry.by,
        entry.verb,
        _label(entry.verb),
        str(said) if entry.verb != "create" else "",
        list(desk_differences(detail.get("changed") or {})) if entry.verb != "create" else [],
    )


def desk_differences(changed: Mapping[str, Mapping[str, Any]]) -> Iterable[Difference]:
    """The audited fields in words; ids of parts, which nobody knows, are left out of paths."""
    return in_words(
        [
            Change(UUID.sub("", path), values.get("from"), values.get("to"))
            for path, values in changed.items()
        ]
    )
