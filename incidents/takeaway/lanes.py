"""Incidents one by one, a lane for each actor or country, as the explorer's timeline draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.questions import ParametersRefused, Refusal
from incidents.charts.chart import Cells, Chart
from incidents.charts.histogram import FULL
from incidents.charts.picture import Entry, Panel
from incidents.columns import Answer, select
from incidents.explorer.asking import Asked
from incidents.models import PublishedIncident
from incidents.takeaway.parts import datasets
from incidents.timelines import lanes
from incidents.timelines.axis import Axis
from incidents.timelines.extent import axis_of
from incidents.timelines.legend import legend
from incidents.timelines.shapes import AXIS
from incidents.timelines.shapes import Mark as Marked
from incidents.timelines.shapes import Panel as Strip
from incidents.timelines.words import too_many_note

DRAWN = "incidents/charts/_lanes.html"
RADII = {"small": 2.5, "middle": 3.5, "large": 5.0}
PALE = 0.4
COLUMNS = (
    "lane", "label", "public_id", "title", "date_start", "date_end", "date_precision",
    "attribution", "killed_low", "killed_best", "killed_high",
)  # fmt: skip
ACCENT = "#0b4f63"
SIGNS = {
    "point": Entry("round", "", ACCENT),
    "days": Entry("box", "", ACCENT),
    "band": Entry("box", "", ACCENT, 0.2),
    "unsure": Entry("round", "", ACCENT, PALE),
}


@dataclass(frozen=True)
class Mark:
    """One incident with its place in pixels."""

    shape: str
    words: str
    left: float
    right: float
    middle: float
    radius: float
    opacity: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def top(self) -> float:
        return self.middle - 3.5


@dataclass(frozen=True)
class Lane:
    title: str
    title_y: float
    foot: float
    marks: list[Mark]


@dataclass(frozen=True)
class Tick:
    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Lanes:
    """Lanes one below the other over one axis of days."""

    lanes: list[Lane]
    ticks: list[Tick]
    foot: float
    width: float = FULL

    @property
    def height(self) -> float:
        return self.foot + AXIS


def in_lanes(data: QueryDict) -> Chart:
    """The lanes of an address of the explorer. Raises ParametersRefused, also for too many."""
    asked = Asked.of(data)
    if refusals := [*asked.question.refusals, *asked.presentation.refusals]:
        raise ParametersRefused(refusals)
    question, by = asked.question, asked.options.lanes
    answer = select(question)
    _demand(by, answer)
    axis = axis_of(question, answer)
    rows = PublishedIncident.objects.numbered(answer.seqs())
    members = lanes.sorted_by(rows, by)
    strips = lanes.drawn(members, axis, 0.0) if axis else []
    return Chart(
        title=_titles()[by],
        question=question.sentence(),
        panels=[Panel(_set(strips, axis), DRAWN)] if axis else [],
        header=COLUMNS,
        rows=[cells for lane in members for cells in _rows(lane)],
        datasets=datasets(question),
        query=asked.query(),
        as_of=question.cleaned.get("as_of"),
        notes=_notes(by, members),
        legend=tuple(
            Entry(sign.sign, entry.words, sign.fill, sign.opacity)
            for entry in legend(strips)
            if (sign := SIGNS.get(entry.kind))
        ),
    )


def _demand(by: str, answer: Answer) -> None:
    if by not in lanes.LANES:
        detail = _("Say what the lanes stand for: %(words)s.") % {"words": ", ".join(lanes.LANES)}
        raise ParametersRefused([Refusal("lanes", by, detail)])
    if answer.count > lanes.MOST:
        raise ParametersRefused([Refusal("lanes", by, too_many_note(answer.count, lanes.MOST))])


def _titles() -> dict[str, str]:
    return {
        "actor": _("Incidents one by one, by actor"),
        "country": _("Incidents one by one, by country"),
    }


def _notes(by: str, members: Sequence[lanes.Lane]) -> tuple[str, ...]:
    found = []
    if by == "actor" and members:
        found.append(_("An incident with several actors stands in the lane of each."))
    if len({one.dataset for lane in members for one in lane.incidents}) > 1:
        found.append(_("Data sets may describe the same event: an event may be drawn twice."))
    return tuple(found)


def _rows(lane: lanes.Lane) -> list[Cells]:
    return [
        [
            lane.key, lane.name, one.public_id, one.title, one.date_start.isoformat(),
            one.date_end.isoformat(), one.date_precision, one.attribution, one.killed_low,
            one.killed_best, one.killed_high,
        ]
        for one in lane.incidents
    ]  # fmt: skip


def _set(strips: Sequence[Strip], axis: Axis) -> Lanes:
    step = FULL / axis.days
    drawn = [
        Lane(strip.title, strip.title_y, strip.foot, [_mark(m, strip, step) for m in strip.marks])
        for strip in strips
    ]
    ticks = [
        Tick(round(FULL * float(tick.x.rstrip("%")) / 100, 1), tick.label, tick.anchor)
        for tick in axis.ticks
    ]
    return Lanes(drawn, ticks, strips[-1].foot)


def _mark(mark: Marked, strip: Strip, step: float) -> Mark:
    size = next((word for word in mark.kind.split() if word in RADII), "small")
    return Mark(
        shape=mark.shape,
        words=mark.words,
        left=round(mark.left * step, 1),
        right=round(mark.right * step, 1),
        middle=strip.top + mark.middle,
        radius=RADII[size],
        opacity=PALE if "unsure" in mark.kind else 0.85,
    )
