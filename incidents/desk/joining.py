"""Two incidents side by side: what a merge would do, field by field, and the merge itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from core import prose
from incidents import merging, workflow
from incidents.access import visible
from incidents.choices import Tactic, TargetType, Weapon
from incidents.desk.deed_forms import FIELDS_TO_TAKE
from incidents.desk.reading import in_reader_language
from incidents.models import Incident
from incidents.record import RecordTimeRefused
from incidents.workflow import TransitionRefused

TERMS = {"targets": TargetType, "weapons": Weapon, "tactics": Tactic}


@dataclass(frozen=True)
class Line:
    """One field of both incidents in words; `is_taken` where the merged one's value is kept."""

    name: str
    label: str | Promise
    stays: str
    gone: str
    is_taken: bool

    @property
    def differs(self) -> bool:
        return self.stays != self.gone


class JoinForm(forms.Form):
    """The fields to take from the merged incident, and what readers are told."""

    take = forms.MultipleChoiceField(choices=[(name, name) for name in merging.FIELDS],
                                     required=False)  # fmt: skip
    notice = forms.CharField(
        label=gettext_lazy("Public notice"),
        help_text=gettext_lazy("Shown with the incident that stays, if it is public."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
    )
    notice_fr = forms.CharField(
        label=gettext_lazy("Public notice in French"),
        help_text=gettext_lazy("Both empty: readers are told that the two told one event."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(Role.EDITOR)
def join(request: DeskRequest, public_id: str, other: str) -> HttpResponse:
    """Merge `public_id` into `other`, after a look at both. A reviewer's verb; editors may look."""
    rows = visible(request.user).select_related("country", "type", "author")
    gone = get_object_or_404(rows, public_id=public_id.upper())
    stays = get_object_or_404(rows, public_id=other.upper())
    chosen = {name: request.POST.get(f"take-{name}") == "gone" for name in merging.FIELDS}
    if request.method != "POST":
        form, reasons, status = JoinForm(), _reasons(request, gone, stays), 200
    else:
        take = [name for name, is_taken in chosen.items() if is_taken]
        notices = {name: request.POST.get(name, "") for name in ("notice", "notice_fr")}
        form, status = JoinForm({"take": take, **notices}), 400
        reasons = []
        if form.is_valid():
            try:
                workflow.merge(gone, stays, by=request.user, at=timezone.now(), **form.cleaned_data)
            except (TransitionRefused, RecordTimeRefused) as refused:
                reasons, status = getattr(refused, "reasons", [str(refused)]), 409
                gone.refresh_from_db()
                stays.refresh_from_db()
            else:
                messages.success(request, _("Merged: %(id)s leads here now.") % {
                    "id": gone.public_id})  # fmt: skip
                return redirect("desk:review", stays.public_id)
    context = {
        "gone": gone,
        "stays": stays,
        "form": form,
        "reasons": reasons,
        "lines": list(_lines(gone, stays, chosen)),
        "gains": _gains(gone, stays),
        "can_turn": not _reasons(request, stays, gone),
        "title": _("Merge two incidents"),
    }
    return render(request, "desk/incident/join.html", context, status=status)


def _reasons(request: DeskRequest, gone: Incident, stays: Incident) -> list[str]:
    """Why this person may not merge these two this way round."""
    return workflow.why_not("merge", gone, request.user) or merging.objections(
        gone, stays, by=request.user
    )


def _gains(gone: Incident, stays: Incident) -> list[str]:
    """What goes over, in words: "2 sources"."""
    return [
        _("%(part)s: %(count)s")
        % {"part": str(merging.PARTS[part]).capitalize(), "count": len(rows)}
        for part, rows in merging.gains(gone, stays).items()
    ]


def _lines(gone: Incident, stays: Incident, chosen: dict[str, bool]) -> Iterator[Line]:
    for name in merging.FIELDS:
        one, other = _words(stays, name), _words(gone, name)
        if one or other:
            yield Line(name, FIELDS_TO_TAKE[name], one, other, chosen[name] or not one)


def _words(incident: Incident, name: str) -> str:
    """A field as the desk shows it; "" where nothing is known."""
    if name == "type":
        return in_reader_language(incident.type, "label")
    if name == "date":
        return prose.when(
            incident.date_start, incident.date_end, incident.date_precision, incident.is_multiday
        )
    if name == "time":
        clock = f"{incident.time_local:%H:%M}" if incident.time_local else ""
        return f"{clock} {incident.time_zone}".strip() if clock else ""
    if name == "location":
        return ", ".join(filter(None, [_place(incident), in_reader_language(
            incident.country, "name")]))  # fmt: skip
    if name in TERMS:
        labels = dict(TERMS[name].choices)
        return ", ".join(str(labels[value]) for value in getattr(incident, name))
    value: Any = getattr(incident, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    display = getattr(incident, f"get_{name}_display", None)
    if display is not None:
        return "" if value == "unknown" else str(display())
    return str(value or "")


def _place(incident: Incident) -> str:
    place = incident.locations.filter(is_primary=True).select_related("place").first()
    return f"{place} ({place.get_precision_display()})" if place else ""
