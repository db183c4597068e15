"""Pages of schedules: the list, one form for a new or a known one, a preview in words, a switch."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from accounts.reference import pictures, saving
from accounts.reference.saving import Bound, Saved
from accounts.reference.trail import entries_of, told
from core import prose
from reports.desk.schedule_form import SCHEDULES, ScheduleForm
from reports.models import ReportSchedule
from reports.models.schedules import COUNTED
from reports.planning import PlanRefused
from reports.schedules import switching, words

PAST = 10


@dataclass(frozen=True)
class Group:
    """Fields of the form that belong together."""

    title: str | Promise
    hint: str | Promise
    names: tuple[str, ...]


GROUPS = (
    Group(
        gettext_lazy("What it counts"),
        gettext_lazy("One place, one topic, one data set. Fixed once it has reports."),
        ("country", "area", "region", "body", "topic", "actor", "campaign", "dataset"),
    ),
    Group(
        gettext_lazy("When"),
        "",
        ("cadence", "starts_on", "cutoff_days", "time_zone", "is_active"),
    ),
    Group(gettext_lazy("In which form"), "", ("language", "release", "name", "slug")),
)


@require(Role.EDITOR)
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Every schedule: what it reports, when it is next due, and its switch."""
    at = timezone.now()
    rows = SCHEDULES.rows().select_related(*SCHEDULES.related).order_by("-is_active", "slug")
    shown = [(row, words.said(row, at)) for row in rows]
    return render(request, "desk/reports/schedules.html", {"schedules": shown})


@require(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, slug: str = "") -> HttpResponse:
    """The form; what is typed is written, or comes back with every error and no loss."""
    schedule = at_desk(slug) if slug else _new(request)
    if request.method != "POST":
        return _page(request, saving.bind(SCHEDULES, schedule))
    edition, at = request.POST.get("edition", ""), timezone.now()
    if "preview" in request.POST:
        bound = saving.bind(SCHEDULES, schedule, request.POST)
        return _page(request, bound, edition=edition, asked=True)
    said = saving.save(SCHEDULES, schedule, request.POST, edition=edition, by=request.user, at=at)
    if said.row is not None:
        return _done(request, said)
    status = 409 if said.conflict else 422
    edition = said.edition if said.conflict else edition
    return _page(request, said.bound, edition=edition, status=status, asked=True)


@require(Role.EDITOR)
@require_POST
def preview(request: DeskRequest, slug: str = "") -> HttpResponse:
    """What is typed, in one sentence."""
    bound = saving.bind(SCHEDULES, at_desk(slug) if slug else SCHEDULES.blank(), request.POST)
    return render(request, "desk/reports/_said.html", {"said": _said(bound.form)})


@require(Role.EDITOR)
@require_POST
def switch(request: DeskRequest, slug: str) -> HttpResponse:
    """Switch a schedule on or off."""
    schedule, wanted = at_desk(slug), request.POST.get("to")
    if wanted not in ("on", "off"):
        messages.warning(request, _("Switch it “on” or “off”."))
        return redirect("report-desk:schedules")
    try:
        switching.switch(schedule, is_active=wanted == "on", by=request.user, at=timezone.now())
    except PlanRefused as refused:
        messages.warning(request, str(refused))
    else:
        schedule.refresh_from_db()
        messages.success(request, words.said(schedule, timezone.now()))
        if not schedule.is_active and (number := switching.unfinished(schedule)):
            messages.info(request, _still_built(number))
    return redirect("report-desk:schedules")


def _still_built(number: int) -> str:
    return ngettext(
        "%(number)s report was planned before and is still built; an operator can cancel it under "
        "Jobs.",
        "%(number)s reports were planned before and are still built; an operator can cancel them "
        "under Jobs.",
        number,
    ) % {"number": prose.spelled(number).capitalize()}


def at_desk(slug: str) -> ReportSchedule:
    """The schedule of an address, with what its words need. Raises Http404."""
    found: ReportSchedule = get_object_or_404(
        SCHEDULES.rows().select_related(*SCHEDULES.related), slug=slug
    )
    return found


def _new(request: DeskRequest) -> ReportSchedule:
    """An empty schedule, or one like the schedule named by `copy`."""
    made: ReportSchedule = SCHEDULES.blank()
    made.starts_on = timezone.now().date()
    if request.method != "POST" and (like := request.GET.get("copy")):
        other = at_desk(like)
        for name in (*COUNTED, "cutoff_days", "time_zone", "release"):
            setattr(made, name, getattr(other, name))
    return made


def _said(form: Any) -> dict[str, Any]:
    """The sentence, or what is still missing for it."""
    if form.is_bound and not form.is_valid():
        wrong = {str(form.fields[n].label): e for n, e in form.errors.items() if n in form.fields}
        return {"wrong": wrong, "other": form.non_field_errors()}
    row: ReportSchedule = form.instance
    if not (row.language and row.starts_on):
        return {}
    return {"text": words.said(row, timezone.now())}


def _done(request: DeskRequest, said: Saved) -> HttpResponse:
    row: ReportSchedule = said.row
    if said.changes:
        text = words.said(row, timezone.now())
        messages.success(request, _("Saved: %(schedule)s") % {"schedule": text})
    else:
        messages.info(request, _("Nothing had changed, so nothing was written."))
    return redirect("report-desk:schedule", row.slug)


def _page(
    request: DeskRequest,
    bound: Bound,
    *,
    edition: str = "",
    status: int = 200,
    asked: bool = False,
) -> HttpResponse:
    form: Any = bound.form
    stored = SCHEDULES.rows().filter(pk=form.instance.pk).first()
    if stored is not None and not edition:
        edition = pictures.edition(SCHEDULES.picture(stored))
    address = (
        reverse("report-desk:schedule", args=[stored.slug])
        if stored
        else reverse("report-desk:schedule-new")
    )
    entries = entries_of("schedule", stored.slug)[:PAST] if stored else []
    context = {
        "schedule": stored,
        "bound": bound,
        "groups": _groups(form),
        "said": _said(form),
        "edition": edition,
        "conflict": status == 409,
        "show_errors": asked and status == 422,
        "stored": _differences(form) if status == 409 else [],
        "past": [told(entry) for entry in entries],
        "address": address,
        "preview": f"{address}preview/",
        "recipients": _recipients(stored),
        "waits": words.waiting(stored) if stored else "",
    }
    return render(request, "desk/reports/schedule.html", context, status=status)


def _groups(form: ScheduleForm) -> list[tuple[Group, list[BoundField]]]:
    return [(group, [form[n] for n in group.names if n in form.fields]) for group in GROUPS]


def _differences(form: Any) -> list[tuple[str, Any, Any]]:
    """Field, what is stored, what was typed: only where the two differ."""
    return [
        (
            str(form.fields[name].label),
            form.fields[name].prepare_value(form[name].initial),
            form[name].value(),
        )
        for name in form.changed_data
    ]


def _recipients(schedule: ReportSchedule | None) -> str:
    """The address of its recipients; empty where nobody keeps them."""
    if schedule is None:
        return ""
    address = reverse("report-desk:schedule", args=[schedule.slug]) + "recipients/"
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address
