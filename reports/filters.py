"""Which reports: the parameters of archive and API."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.paging import Key, Ordering
from core.parameters import ParameterField, TermsField, TextField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from incidents.choices import Dataset
from regions.choices import AuRegion
from regions.models import AdminArea, Country, RegionalBody
from reports.choices import Cadence, Topic
from reports.models import Report
from reports.periods import Period

NEWEST_FIRST = Ordering("-period", (Key("period_start", dt.date), Key("id", int)), descending=True)

MOST_WORDS = 8
SCHEDULE = "job__schedule"
# What a search of the archive looks at.
NAMES = (
    "title",
    f"{SCHEDULE}__country__name",
    f"{SCHEDULE}__country__name_fr",
    f"{SCHEDULE}__area__name",
    f"{SCHEDULE}__area__country__name",
    f"{SCHEDULE}__area__country__name_fr",
    f"{SCHEDULE}__body__name",
    f"{SCHEDULE}__body__short_name",
    f"{SCHEDULE}__body__short_name_fr",
)


def every_report() -> QuerySet[Report]:
    """All published reports without their content, as lists show them."""
    reports = Report.objects.select_related("job__schedule__country", "job__schedule__body")
    return reports.defer("content")


class PeriodField(ParameterField):
    """A period in its written form."""

    schema = {"type": "string", "example": "2022-07"}

    def read(self, text: str) -> Period:
        try:
            return Period.parse(text)
        except ValueError:
            raise forms.ValidationError(
                _(
                    "%(value)s is not a period: write 2022-07-21, 2022-W29, 2022-07-H2, 2022-07, "
                    "2022-Q3 or 2022."
                )
                % {"value": text[:20]}
            ) from None


def places(column: str, model: type[Country] | type[RegionalBody] | type[AdminArea]) -> Any:
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
        PeriodField(
            help_text=gettext_lazy(
                "The period that is reported: 2022-07-21, 2022-W29, 2022-07-H2, 2022-07, 2022-Q3 "
                "or 2022."
            )
        ),
        method="covering",
    )
    region = Parameter(
        TermsField(known=AuRegion.values, help_text=gettext_lazy("African Union regions.")),
        "job__schedule__region",
        "in",
    )
    area = Parameter(
        TermsField(
            known=places("slug", AdminArea),
            remedy=gettext_lazy("Write an area such as mli-gao."),
            help_text=gettext_lazy("Reports about these areas."),
        ),
        "job__schedule__area__slug",
        "in",
    )
    q = Parameter(
        TextField(
            help_text=gettext_lazy("Words of the title, or of a place in English or French.")
        ),
        method="saying",
    )
    cadence = Parameter(
        TermsField(known=Cadence.values, help_text=gettext_lazy("How often it is reported.")),
        "job__schedule__cadence",
        "in",
    )
    topic = Parameter(
        TermsField(known=Topic.values, help_text=gettext_lazy("What thematic reports are about.")),
        "job__schedule__topic",
        "in",
    )
    dataset = Parameter(
        TermsField(known=Dataset.values, help_text=gettext_lazy("Data sets.")),
        "job__schedule__dataset",
        "in",
    )

    def saying(self, queryset: Any, name: str, text: str) -> Any:
        """Reports whose title or place has every word, whatever its accents."""
        for word in text.split()[:MOST_WORDS]:
            said = Q()
            for column in NAMES:
                said |= Q(**{f"{column}__unaccent__icontains": word})
            queryset = queryset.filter(said)
        return queryset

    def covering(self, queryset: Any, name: str, period: Period) -> Any:
        """Reports of exactly that period."""
        return queryset.filter(period_start=period.first, period_end=period.last)


def superseding(report: Report) -> Report | None:
    """The newest later edition for the same schedule and period, if there is one."""
    same = every_report().filter(
        job__schedule=report.job.schedule, period_start=report.period_start
    )
    return same.filter(edition__gt=report.edition).order_by("-edition").first()


def preceding(report: Report) -> Report | None:
    """The edition for the same schedule and period that this one supersedes, if there is one."""
    same = every_report().filter(
        job__schedule=report.job.schedule, period_start=report.period_start
    )
    return same.filter(edition__lt=report.edition).order_by("-edition").first()
