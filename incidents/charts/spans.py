"""Periods as bars, a row for each thing, on one axis of years: `core.lanes` set in pixels."""

import textwrap
from dataclasses import dataclass

from core.lanes import Drawing, Lane
from core.timeline import Bar, Tick
from incidents.charts.histogram import FULL
from incidents.charts.picture import Entry

LABEL = 350.0  # the column of names
AXIS, LINE, PAD = 24.0, 15.0, 6.0
LETTERS, BOLD_LETTERS = 56, 46  # of a line of a note, of a name

# As in reference.css, in light. Other kinds are relations that last.
FILLS = {
    "self": "#0b4f63",
    "member": "#0b4f63",
    "event": "#16191d",
    "observer": "#b9bfc6",
    "rival_of": "#c98a12",
    "leaving": "#c98a12",
    "suspended": "#fdf3dc",
    "frozen": "#fdf3dc",
}
LASTING = "#5f93a3"
# Above another bar, and narrower.
UPON = ("suspended", "frozen")


@dataclass(frozen=True)
class Block:
    """A bar with its place across in per cent, down in pixels of its row."""

    bar: Bar
    fill: str
    y: float
    height: float


@dataclass(frozen=True)
class Row:
    """One thing: its name and what is said of it, line by line, and its bars."""

    labels: list[tuple[float, str]]
    notes: list[tuple[float, str]]
    y: float
    blocks: list[Block]


@dataclass(frozen=True)
class Spans:
    """Rows under an axis; `on` is the place of the day asked about, or empty."""

    rows: list[Row]
    ticks: list[Tick]
    on: str
    height: float
    width: float = FULL
    bars_x: float = LABEL
    bars_width: float = FULL - LABEL


def spans(drawing: Drawing) -> Spans | None:
    """The rows of a drawing one below the other; None without any."""
    if not drawing.lanes:
        return None
    rows, y = [], AXIS
    for lane in drawing.lanes:
        rows.append(_row(lane, y))
        y += LINE * (len(rows[-1].labels) + len(rows[-1].notes)) + PAD
    return Spans(rows, drawing.axis.ticks, drawing.on, y)


def _row(lane: Lane, y: float) -> Row:
    labels, notes = textwrap.wrap(lane.label, BOLD_LETTERS), textwrap.wrap(lane.note, LETTERS)
    feet = [y + LINE * (place + 1) - 1 for place in range(len(labels) + len(notes))]
    return Row(
        labels=list(zip(feet, labels, strict=False)),
        notes=list(zip(feet[len(labels) :], notes, strict=True)),
        y=y,
        blocks=[_block(bar) for bar in lane.bars],
    )


def _block(bar: Bar) -> Block:
    fill = fill_of(bar.kind)
    return Block(bar, fill, 7.0, 4.0) if bar.kind in UPON else Block(bar, fill, 4.0, 10.0)


def fill_of(kind: str) -> str:
    return FILLS.get(kind, LASTING)


def legend(drawing: Drawing) -> tuple[Entry, ...]:
    """What the kinds of bar mean."""
    return tuple(Entry("box", str(words), fill_of(kind)) for kind, words in drawing.legend)
