"""Which reports: the parameters of archive and API."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.paging import Key, Ordering
from core.parameters import ParameterField, TermsField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from incidents.choices import Dataset
from regions.models import Country, RegionalBody
from reports.models import Report
from reports.periods import Month

NEWEST_FIRST = Ordering("-period", (Key("period_start", dt.date), Key("id", int)), descending=True)


def every_report() -> QuerySet[Report]:
    """All published reports without their content, as lists show them."""
    reports = Report.objects.select_related("job__schedule__country", "job__schedule__body")
    return reports.defer("content")


class MonthField(ParameterField):
    """A calendar month, as its first day."""

    schema = {"type": "string", "example": "2022-07"}

    def read(self, text: str) -> dt.date:
        try:
            return Month.parse(text).first
        except ValueError:
            raise forms.ValidationError(
                _("%(value)s is not a month: write it as 2022-07.") % {"value": text[:20]}
            ) from None


def places(column: str, model: type[Country] | type[RegionalBody]) -> Any:
    """A function that keeps those of some terms that are in the reference table."""

    def known(terms: list[str]) -> set[str]:
        rows = model._default_manager.filter(**{f"{column}__in": terms})
        return set(rows.values_list(column, flat=True))

    return known


class ReportFilter(ReferenceQuestion):
    """The archive of published reports, the newest period first."""

    order = NEWEST_FIRST

    country = Parameter(
        TermsField(
            known=places("iso3", Country),
            remedy=gettext_lazy("Write an ISO 3166 code such as MLI."),
            help_text=gettext_lazy("Reports about these countries."),
        ),
        "job__schedule__country__iso3",
        "in",
    )
    body = Parameter(
        TermsField(
            known=places("slug", RegionalBody),
            remedy=gettext_lazy("Write a short name such as ecowas."),
            help_text=gettext_lazy("Reports about these bodies."),
        ),
        "job__schedule__body__slug",
        "in",
    )
    language = Parameter(
        TermsField(known=("en", "fr"), help_text=gettext_lazy("Languages of the report.")),
        "language",
        "in",
    )
    period = Parameter(
        MonthField(help_text=gettext_lazy("The month that is reported.")), "period_start"
    )
    dataset = Parameter(
        TermsField(known=Dataset.values, help_text=gettext_lazy("Data sets.")),
        "job__schedule__dataset",
        "in",
    )


def superseding(report: Report) -> Report | None:
    """The newest later edition for the same schedule and period, if there is one."""
    same = every_report().filter(
        job__schedule=report.job.schedule, period_start=report.period_start
    )
    return same.filter(edition__gt=report.edition).order_by("-edition").first()
