"""Series of reports as readers choose among them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.models import ReportSchedule


def offered() -> QuerySet[ReportSchedule]:
    """Series that go on, with what their names need."""
    named = ("country", "area__country", "body", "actor", "campaign")
    return ReportSchedule.objects.filter(is_active=True).select_related(*named).order_by("slug")


def name_of(schedule: ReportSchedule) -> str:
    """ "Mali, monthly, in English", "Mali: attacks on supply lines, weekly, in French"."""
    values = {
        "name": schedule.name or schedule.place_name,
        "subject": schedule.subject_name,
        "cadence": schedule.get_cadence_display(),
    }
    of = _("%(name)s: %(subject)s") if values["subject"] and not schedule.name else "%(name)s"
    languages = {
        "en": _("%(of)s, %(cadence)s, in English"),
        "fr": _("%(of)s, %(cadence)s, in French"),
    }
    return languages[schedule.language] % (values | {"of": of % values})
