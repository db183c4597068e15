"""What this room can find: situation reports, by title and by the place they are about."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.search import Named, Names, register
from reports.filters import every_report
from reports.models import Report

PLACE = "job__schedule"


def _show(report: Report) -> Named:
    url = reverse("reports:detail", args=[report.public_id])
    return Named(report.title, url, [report.period_label])


register(
    Names(
        "report",
        _("Reports"),
        rows=every_report,
        columns=(
            "title",
            f"{PLACE}__country__name",
            f"{PLACE}__country__name_fr",
            f"{PLACE}__body__name",
            f"{PLACE}__body__short_name",
        ),
        key="public_id",
        grows=True,
        show=_show,
    )
)
