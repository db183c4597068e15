"""The panels of every data set on one axis, with what lies behind their bars."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from core import prose
from incidents.choices import Dataset
from incidents.models import PublishedIncident
from incidents.timelines import histograms, lateness, sets, spans, words
from incidents.timelines.axis import Axis
from incidents.timelines.histograms import Column
from incidents.timelines.moves import narrowed
from incidents.timelines.shapes import Entry, Frame, Layer, Panel, Period, Set, block
from incidents.words import in_words

BETWEEN = 8.0  # pixels between panels

Query = Callable[..., str]


@dataclass(frozen=True)
class Scene:
    """What the panels of all data sets share: days, periods, and what divides their bars."""

    axis: Axis
    interval: str
    stack: str
    keys: Sequence[str]
    has_more: bool
    today: dt.date
    query: Query

    @property
    def is_stacked(self) -> bool:
        return self.stack in sets.STACKED

    @cached_property
    def entries(self) -> list[Entry]:
        """The legend of a stack."""
        names = sets.named(self.keys, self.stack) if self.is_stacked else []
        coloured = [Entry(f"part-{n}", name) for n, name in enumerate(names, 1)]
        return [*coloured, Entry("part-0", _("all others"))] if self.has_more else coloured

    def drawn(
        self, counted: Sequence[sets.Counted], frames: Sequence[Frame], top: float
    ) -> list[Set]:
        """Every data set, one below the other from `top` down."""
        found: list[Set] = []
        for one in counted:
            found.append(self.set(one, top, frames, among_others=len(counted) > 1))
            top = found[-1].panels[-1].foot + BETWEEN
        return found

    def set(
        self, one: sets.Counted, top: float, frames: Sequence[Frame], *, among_others: bool
    ) -> Set:
        """The panels of one data set from `top` down, its table and its notes."""
        columns = sets.columns(one, self.interval, has_rest=self.has_more)
        name = in_words(one.dataset, "dataset")
        kind, edge, note = self.shade(one.dataset, name)
        panels = [
            self._behind(panel, frames, kind, edge)
            for panel in self._panels(columns, one, top, name if among_others else "")
        ]
        notes = [note] if note else []
        if vague := sum(column.vague for column in columns):
            notes.insert(0, words.vague_note(vague, self.interval))
        if early := sum(c.incidents for c in columns if c.last < self.axis.first):
            notes.insert(0, words.early_note(early, self.axis.first))
        periods = [self._period(column) for column in columns]
        text = words.summary(periods, self.interval, name if among_others else "")
        actors = sets.named(one.keys, self.stack) if self.stack in sets.ROWS else []
        parts = self.entries or [Entry("bar", actor) for actor in actors]
        return Set(name, panels, parts, periods, text, notes)

    def _panels(
        self, columns: Sequence[Column], one: sets.Counted, top: float, prefix: str
    ) -> list[Panel]:
        shown = [column for column in columns if column.last >= self.axis.first]
        kinds = [entry.kind for entry in self.entries]
        title = words.heading(words.INCIDENTS_BY[self.interval], prefix)
        top += histograms.TITLE
        panels = [histograms.incident_panel(shown, self.axis, top, title, kinds)]
        if self.stack in sets.ROWS:
            panels += self._rows(shown, one, panels[-1].foot)
        top = panels[-1].foot + BETWEEN + histograms.TITLE
        title = words.heading(words.KILLED_BY[self.interval], prefix)
        return [*panels, histograms.killed_panel(shown, self.axis, top, title)]

    def _rows(self, columns: Sequence[Column], one: sets.Counted, foot: float) -> list[Panel]:
        most = max((n for key in one.keys for n in one.parts[key].values()), default=1)
        rows = []
        for key, name in zip(one.keys, sets.named(one.keys, self.stack), strict=True):
            numbers = one.parts[key]
            title = f"{name} · {prose.count(sum(numbers.values()))}"
            top = foot + BETWEEN + histograms.TITLE
            rows.append(histograms.row_panel(numbers, columns, self.axis, top, title, most))
            foot = top + histograms.ROW
        return rows

    def _period(self, column: Column) -> Period:
        last = min(column.last, self.today)
        return Period(
            first=column.first,
            last=column.last,
            label=words.period_label(column.first, self.interval),
            incidents=column.incidents,
            parts=column.parts,
            killed=column.killed,
            query=narrowed(column.first, max(last, column.first), self.query),
        )

    def shade(self, dataset: str, name: str) -> tuple[str, int, str]:
        """Which last days tell too little: kind of shading, where it begins, what to say."""
        if dataset != Dataset.VIGIL:
            rows = PublishedIncident.objects.current().filter(dataset=dataset)
            last = rows.order_by("-date_start").values_list("date_start", flat=True).first()
            if last is None or last >= self.axis.last:
                return "beyond", self.axis.days, ""
            return "beyond", self.axis.after(last), words.beyond_note(name, last)
        late = lateness.measured(self.today)
        edge = self.axis.after(self.today - dt.timedelta(days=late.most if late else 0))
        if late is None:
            reaches = self.axis.last >= self.today
            return "late", self.axis.days, words.unmeasured_note() if reaches else ""
        return "late", edge, words.late_note(late) if edge < self.axis.days else ""

    def _behind(self, panel: Panel, frames: Sequence[Frame], kind: str, edge: int) -> Panel:
        """The panel with campaigns and shading behind its bars."""
        behind = [spans.wash(frames, self.axis, panel.height)]
        if edge < self.axis.days:
            behind.append(Layer(kind, block(edge, self.axis.days, 0, panel.height)))
        return replace(panel, layers=[*filter(None, behind), *panel.layers])
