"""Series of reports as readers choose among them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from actors.models import Actor
from incidents.models import Campaign
from reports.models import ReportSchedule


def offered() -> QuerySet[ReportSchedule]:
    """Series that go on, with what their names need.

    One about a group or campaign that readers may not know of is not offered: its name would tell.
    """
    named = ("country", "area__country", "body", "actor", "campaign")
    series = ReportSchedule.objects.filter(
        Q(actor__isnull=True) | Q(actor__in=Actor.objects.told()),
        Q(campaign__isnull=True) | Q(campaign__in=Campaign.objects.told()),
        is_active=True,
    )
    return series.select_related(*named).order_by("slug")


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
