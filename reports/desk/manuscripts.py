"""Reports that wait for people: the list, one of them with what can be done, and the preview."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from accounts.reference.trail import entries_of
from reports.choices import ManuscriptState
from reports.desk.deed_forms import DEEDS
from reports.desk.finding import at_desk, last_return, takeaways_of
from reports.manuscripts.release_table import BY_VERB, why_not
from reports.models import Manuscript
from reports.outputs.document import Document
from reports.planning import OPEN

LISTED = 100
ENDED = (ManuscriptState.RELEASED, ManuscriptState.DROPPED)
HEAVY = ("content", "items", "pictures", "written")


@require(Role.CONTRIBUTOR)
@require_safe
def start(request: DeskRequest) -> HttpResponse:
    """What waits to be written or released, the oldest first; then what ended last."""
    rows = Manuscript.objects.select_related("job__schedule", "job__report", "submitted_by")
    rows = rows.prefetch_related("writers").defer(*HEAVY, "job__report__content")
    context = {
        "waiting": rows.filter(state__in=OPEN).order_by("created_at", "pk")[:LISTED],
        "ended": rows.filter(state__in=ENDED).order_by("-updated_at", "-pk")[:20],
        "may_schedule": request.user.may(Role.EDITOR),
    }
    return render(request, "desk/reports/start.html", context)


@require(Role.CONTRIBUTOR)
@require_safe
def manuscript(request: DeskRequest, number: int) -> HttpResponse:
    """One manuscript: where it stands, who may do what and why not, what was written and done."""
    found = at_desk(number)
    refused = {verb: why_not(verb, found, request.user) for verb in BY_VERB}
    document = Document.of_manuscript(found)
    context: dict[str, Any] = {
        "manuscript": found,
        "document": document,
        "takeaways": takeaways_of(document),
        "may": [deed for deed in DEEDS if not refused[deed.verb]],
        "may_write": not refused["write"],
        "may_not": [(BY_VERB[verb].label, why) for verb, why in refused.items() if why],
        "returned": last_return(found),
        "writers": found.writers.order_by("username"),
        "done": _done(found),
        "may_schedule": request.user.may(Role.EDITOR),
    }
    return render(request, "desk/reports/manuscript.html", context)


@require(Role.CONTRIBUTOR)
@require_safe
def preview(request: DeskRequest, number: int) -> HttpResponse:
    """The whole report as it would be published, marked as not published."""
    found = at_desk(number)
    context = {"manuscript": found, "document": Document.of_manuscript(found)}
    return render(request, "desk/reports/preview.html", context)


def _done(found: Manuscript) -> list[dict[str, Any]]:
    """Every verb that was done, the newest first, in words."""
    return [
        {
            "label": BY_VERB[entry.verb].label if entry.verb in BY_VERB else entry.verb,
            "by": entry.by,
            "at": entry.at,
            "said": entry.detail.get("comment") or entry.detail.get("reason") or "",
        }
        for entry in entries_of("manuscript", found.job.key)[:LISTED]
    ]
