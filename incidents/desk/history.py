"""The history of one incident: the desk field by field, and versions of the record side by side."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from core.pages import PageQuestion, explains_refusals
from core.parameters import TextField
from core.questions import Parameter
from incidents.access import visible
from incidents.desk.trail import trail
from incidents.differences import Difference, in_words
from incidents.models import Incident, PublishedIncident
from incidents.preview import preview
from incidents.versions import changes

DESK = "desk"


class HistoryQuestion(PageQuestion):
    """Which two versions stand side by side: numbers of versions, or `desk`."""

    left = Parameter(TextField(max_length=10))
    right = Parameter(TextField(max_length=10))

    def __init__(self, data: Any, sides: "dict[str, Side]") -> None:
        self.sides = sides
        super().__init__(data, PublishedIncident.objects.none())

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        for name in ("left", "right"):
            if name in cleaned and cleaned[name] not in self.sides:
                known = ", ".join(self.sides)
                form.add_error(
                    name,
                    _("%(value)s is no version of this incident: choose one of %(known)s.")
                    % {"value": cleaned[name], "known": known},
                )


@dataclass(frozen=True)
class Side:
    """One side of the comparison."""

    name: str
    label: str
    payload: dict[str, Any]
    row: PublishedIncident


def sides_of(incident: Incident) -> dict[str, Side]:
    """Every version that can be read, oldest first, then the desk as it would be published."""
    versions = PublishedIncident.objects.filter(public_id=incident.public_id, is_listed=True)
    found = {
        str(row.version): Side(
            str(row.version),
            _("Version %(number)s") % {"number": row.version},
            row.payload,
            row,
        )
        for row in versions.defer("search", "search_text").order_by("version")
    }
    now = preview(incident, timezone.now())
    return found | {DESK: Side(DESK, _("The desk now"), now.payload, now)}


def usual_pair(sides: dict[str, Side]) -> tuple[str, str]:
    """The record and the desk where they differ, else the last two versions."""
    names = list(sides)
    if len(names) > 2 and not in_words(changes(sides[names[-2]].payload, sides[DESK].payload)):
        return names[-3], names[-2]
    return names[max(len(names) - 2, 0)], DESK


@require_safe
@require(Role.CONTRIBUTOR)
@explains_refusals
def history(request: DeskRequest, public_id: str) -> HttpResponse:
    """Every change at the desk, and any two versions of the record side by side."""
    incident = get_object_or_404(visible(request.user), public_id=public_id.upper())
    sides = sides_of(incident)
    asked = HistoryQuestion(request.GET, sides).cleaned
    usual = usual_pair(sides)
    left = sides[asked.get("left", usual[0])]
    right = sides[asked.get("right", usual[1])]
    compared: list[Difference] = in_words(changes(left.payload, right.payload))
    return render(
        request,
        "desk/review/history.html",
        {
            "incident_row": incident,
            "sides": sides.values(),
            "left": left,
            "right": right,
            "compared": compared,
            "versions": PublishedIncident.objects.filter(public_id=public_id.upper())
            .defer("search", "search_text")
            .order_by("-version"),
            "trail": trail(incident),
        },
    )
