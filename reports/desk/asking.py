"""Ask for a report of a past period, or for a further edition of one that is published."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from core.parameters import shown
from reports.choices import Cadence
from reports.desk.schedules import at_desk
from reports.models import ReportSchedule
from reports.periods import FORMS, Period, finished
from reports.planning import PlanRefused
from reports.schedules import switching

# How many past periods are offered; any other may be typed.
OFFERED = 24
LISTED = 50


class PeriodInput(forms.TextInput):
    """A text input with the last periods to choose from."""

    template_name = "desk/reports/_period.html"
    periods: list[Period] = []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["periods"] = self.periods
        return context


class AskForm(forms.Form):
    """A period of the schedule's cadence, and whether a further edition is wanted."""

    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=20,
        widget=PeriodInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the period, such as 2022-07.")},
    )
    again = forms.BooleanField(
        label=gettext_lazy("A further edition, if there is one already"),
        help_text=gettext_lazy(
            "Counted anew from today’s record. The older edition stays and points to it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, schedule: ReportSchedule, **more: Any) -> None:
        self.schedule = schedule
        super().__init__(*args, **more)
        widget = self.fields["period"].widget
        widget.periods = _offered(schedule)
        self.fields["period"].help_text = _("It reports %(cadence)s: write it as %(form)s.") % {
            "cadence": schedule.get_cadence_display(),
            "form": FORMS[Cadence(schedule.cadence)],
        }

    def clean_period(self) -> Period:
        text = self.cleaned_data["period"].strip()
        try:
            period = Period.parse(text)
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a period: write it as %(form)s.")
                % {"value": shown(text), "form": FORMS[Cadence(self.schedule.cadence)]}
            ) from None
        return period


def _offered(schedule: ReportSchedule) -> list[Period]:
    """The last periods that are over, newest first."""
    periods = finished(
        schedule.cadence,
        timezone.now(),
        1,
        since=schedule.starts_on,
        most=OFFERED,
        zone=schedule.zone,
    )
    return periods[::-1]


@require(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: DeskRequest, slug: str) -> HttpResponse:
    """The form and every job of the schedule; a refusal says why."""
    schedule = at_desk(slug)
    bound = request.POST if request.method == "POST" else None
    form = AskForm(bound, schedule=schedule)
    status = 200
    if bound is not None:
        if form.is_valid() and _asked(request, schedule, form):
            return redirect("report-desk:ask", schedule.slug)
        status = 422
    jobs = schedule.jobs.select_related("report", "manuscript")
    jobs = jobs.defer("report__content", "report__written", "manuscript__content",
                      "manuscript__items", "manuscript__pictures")  # fmt: skip
    context = {
        "schedule": schedule,
        "form": form,
        "jobs": jobs.order_by("-period_start", "-edition")[:LISTED],
    }
    return render(request, "desk/reports/ask.html", context, status=status)


def _asked(request: DeskRequest, schedule: ReportSchedule, form: AskForm) -> bool:
    period, again = form.cleaned_data["period"], form.cleaned_data["again"]
    try:
        job = switching.ask(schedule, period, by=request.user, at=timezone.now(), again=again)
    except PlanRefused as refused:
        form.add_error("period", str(refused))
        return False
    said = _("Asked for: %(period)s, edition %(edition)s. It is %(state)s.") % {
        "period": period.label,
        "edition": job.edition,
        "state": job.get_state_display(),
    }
    messages.success(request, said)
    return True
