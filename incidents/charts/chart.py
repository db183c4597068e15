"""A chart before it is drawn: its words, panels, rows and sources, and how to ask for it again."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core import prose
from incidents.charts.picture import Entry, Panel
from incidents.choices import Dataset
from incidents.models import RecordHead

Cells = list[str | int | bool | None]


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn. `query` asks for the same again; `datasets` are its sources."""

    title: str
    question: str
    panels: list[Panel]
    header: tuple[str, ...]
    rows: list[Cells]
    datasets: list[str]
    query: str
    as_of: dt.datetime | None
    notes: tuple[str, ...] = ()
    legend: tuple[Entry, ...] = ()
    # The page that answers the same question, and what of `query` it does not understand.
    page: str = "incidents:list"
    args: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    # The day of a chart that shows the world, not the record.
    on: dt.date | None = None

    @property
    def moment(self) -> dt.datetime | None:
        """Until when the record was read: the moment asked about, else its newest version."""
        return None if self.on else self.as_of or newest()

    @property
    def permanent(self) -> str:
        """The same question, asked for ever of the record as it stands now."""
        if self.as_of or not self.moment:
            return self.query
        return asked_with(self.query, as_of=self.moment.isoformat().replace("+00:00", "Z"))

    @property
    def page_query(self) -> str:
        """The permanent question, for the page that answers it."""
        return asked_with(self.permanent, **dict.fromkeys(self.foreign))

    @property
    def address(self) -> str:
        """Where that page stands on this site."""
        return f"{reverse(self.page, args=self.args)}?{self.page_query}"


def newest() -> dt.datetime | None:
    """When the newest version of the record was published; None for an empty record."""
    return RecordHead.objects.values_list("at", flat=True).first()


def asked_with(query: str, **changes: str | None) -> str:
    """A query string with parameters set, or removed by None; canonical: sorted."""
    kept: dict[str, str | None] = {**QueryDict(query).dict(), **changes}
    pairs = sorted((name, value) for name, value in kept.items() if value is not None)
    return urlencode(pairs, safe=",:")


def foot(chart: Chart, address: str) -> list[str]:
    """What stands below a picture: notes, source and licence, the state of the record, address."""
    ours = _("Source: Vigil. Licence: CC BY 4.0.")
    theirs = _("Source: Uppsala Conflict Data Program, UCDP GED. Licence: CC BY 4.0.")
    sources = [theirs if name == Dataset.UCDP else ours for name in chart.datasets] or [ours]
    lines = [*_empty(chart), *chart.notes, " ".join(dict.fromkeys(sources))]
    if chart.moment:
        lines.append(_("The record as of %(moment)s.") % {"moment": prose.moment(chart.moment)})
    if chart.on:
        lines.append(_("The world as it was on %(day)s.") % {"day": prose.day(chart.on)})
    return [*lines, address]


def _empty(chart: Chart) -> list[str]:
    """What a chart without a drawing says instead."""
    if chart.panels:
        return []
    if chart.on:
        return [_("Nothing is recorded.")]
    return [_("No published incident answers this question.")]
