"""A schedule in one sentence: what it reports, when it is next due, what would be caught up."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import prose
from incidents.choices import Dataset
from reports.choices import Cadence, Release
from reports.models import ReportSchedule
from reports.periods import Period
from reports.planning import owed
from reports.schedules.telling import untold, why

REPORTS = {
    Cadence.DAILY: gettext_lazy("Daily highlights"),
    Cadence.WEEKLY: gettext_lazy("Weekly report"),
    Cadence.FORTNIGHTLY: gettext_lazy("Fortnightly report"),
    Cadence.MONTHLY: gettext_lazy("Monthly report"),
    Cadence.QUARTERLY: gettext_lazy("Quarterly report"),
    Cadence.YEARLY: gettext_lazy("Yearly report"),
}
LANGUAGES = {"en": gettext_lazy("in English"), "fr": gettext_lazy("in French")}


def next_period(schedule: ReportSchedule, at: dt.datetime) -> Period:
    """The first period that is still to fall due at `at`."""
    zone = schedule.zone
    day = max(at.astimezone(zone).date(), schedule.starts_on)
    period = Period.of(schedule.cadence, day)
    while period.previous.last >= schedule.starts_on and _due(schedule, period.previous) > at:
        period = period.previous
    return period


def subject(schedule: ReportSchedule) -> str:
    """Its own name, or the place and what a thematic report is about."""
    if schedule.name:
        return schedule.name
    return ", ".join(filter(None, (schedule.place_name, schedule.subject_name)))


def said(schedule: ReportSchedule, at: dt.datetime) -> str:
    """What it reports, when it is next due, what would be caught up, and who releases it."""
    parts = [
        _("%(report)s on %(subject)s %(language)s, counted from %(dataset)s.")
        % {
            "report": REPORTS[Cadence(schedule.cadence)],
            "subject": subject(schedule),
            "language": LANGUAGES[schedule.language],
            "dataset": Dataset(schedule.dataset).label,
        },
        *_when(schedule, at),
        _("A second person releases each report.")
        if schedule.release == Release.REVIEWED
        else _("Each report is published as soon as it is built."),
    ]
    return " ".join(parts)


def waiting(schedule: ReportSchedule) -> str:
    """Why it reports nothing though it is switched on; empty where nothing keeps it."""
    subject = untold(schedule) if schedule.is_active else None
    if subject is None:
        return ""
    return " ".join([_("It waits: nothing is reported for now."), why(subject)])


def _when(schedule: ReportSchedule, at: dt.datetime) -> list[str]:
    if not schedule.is_active:
        return [_("Switched off: it reports a period only when somebody asks.")]
    if waits := waiting(schedule):
        return [waits]
    period = next_period(schedule, at)
    due = _due(schedule, period).astimezone(schedule.zone)
    told = _("Next due %(day)s, %(time)s in %(zone)s, for %(period)s.") % {
        "day": prose.day(due.date()),
        "time": f"{due:%H:%M}",
        "zone": schedule.time_zone,
        "period": period.label,
    }
    return [told, _caught_up(len(owed(schedule, at)))]


def _caught_up(number: int) -> str:
    if not number:
        return _("No past period would be caught up.")
    return ngettext(
        "%(number)s past period would be caught up.",
        "%(number)s past periods would be caught up.",
        number,
    ) % {"number": prose.spelled(number).capitalize()}


def _due(schedule: ReportSchedule, period: Period) -> dt.datetime:
    return period.cutoff(schedule.cutoff_days, schedule.zone)
