"""What a timeline is made of: days across, pixels down. Colours are the style sheet's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.prose import count
from incidents.rollups import HarmSum

AXIS = 22.0  # pixels of the labels below the drawing
BAND = 7.0  # pixels: the height of an uncertain date
ROOM = 0.08  # of a bar's width, left free on either side


@dataclass(frozen=True)
class Layer:
    """One path of a panel; `kind` is its CSS classes."""

    kind: str
    d: str


@dataclass(frozen=True)
class Mark:
    """One incident in a lane: a point, a bar or a band that leads to its page.

    From `left` to `right` in days, around `middle` in pixels.
    """

    public_id: str
    slug: str
    words: str
    kind: str
    left: float
    right: float
    middle: float

    @property
    def shape(self) -> str:
        """point, days or band."""
        return self.kind.split()[0]

    @property
    def d(self) -> str:
        """The path of it where the axis is as wide as it has days."""
        if self.shape == "band":
            return block(self.left, self.right, self.middle - BAND / 2, self.middle + BAND / 2)
        if self.shape == "days":
            return f"M{self.left:g} {self.middle:g}H{self.right:g}"
        # A line without length and with round ends: a dot that stays round however it stretches.
        return f"M{self.left:g} {self.middle:g}h0"


@dataclass(frozen=True)
class Tick:
    """A mark below the drawing; `anchor` is where its label holds on."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Level:
    """A line of the grid with its value."""

    y: float
    value: int

    @property
    def words(self) -> str:
        return count(self.value)


@dataclass(frozen=True)
class Panel:
    """A strip of the drawing: its title stands above `top`, its plot reaches to `foot`."""

    title: str
    top: float
    height: float
    layers: Sequence[Layer]
    levels: Sequence[Level] = ()
    marks: Sequence[Mark] = ()
    kind: str = "bars"

    @property
    def foot(self) -> float:
        return self.top + self.height

    @property
    def title_y(self) -> float:
        return self.top - 7


@dataclass(frozen=True)
class Entry:
    """One swatch of the legend."""

    kind: str
    words: str


@dataclass(frozen=True)
class Period:
    """One row of the table twin; `parts` are the incidents of each entry of the legend."""

    first: dt.date
    last: dt.date
    label: str
    incidents: int
    parts: Sequence[int]
    killed: HarmSum
    query: str


@dataclass(frozen=True)
class Set:
    """The histogram of one data set; two sets may hold the same event and are never added."""

    name: str
    panels: Sequence[Panel]
    parts: Sequence[Entry]
    periods: Sequence[Period]
    summary: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Span:
    """A campaign or mission in the background: `first` and `days` as the axis shows them.

    `label` is as much of the name as the `room` days from its first one hold before the next span.
    """

    name: str
    label: str
    words: str
    kind: str
    address: str
    first: int
    days: int
    room: int
    x: str
    width: str
    room_width: str
    y: float


@dataclass(frozen=True)
class Frame:
    """A campaign or mission by the days that the axis shows of it."""

    name: str
    words: str
    kind: str
    address: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Move:
    """A link that looks at other days."""

    kind: str
    words: str
    query: str


FINE = 150  # periods


@dataclass(frozen=True)
class Timeline:
    """Everything that the template draws; its lines of time run from `head` to `foot`."""

    first: dt.date
    last: dt.date
    days: int
    interval: str
    head: float
    foot: float
    ticks: Sequence[Tick]
    sets: Sequence[Set]
    lanes: Sequence[Panel]
    spans: Sequence[Span]
    parts: Sequence[Entry]
    legend: Sequence[Entry]
    moves: Sequence[Move]
    notes: Sequence[str]
    frames: Sequence[Frame]
    # Ask for the lanes as a chart, and for the same incidents as a list; empty without lanes.
    lanes_query: str = ""
    list_query: str = ""

    @property
    def height(self) -> float:
        return self.foot + AXIS

    @property
    def is_fine(self) -> bool:
        """Whether it draws so many marks that a light page does without them."""
        return bool(self.lanes) or sum(len(one.periods) for one in self.sets) > FINE

    @property
    def has_actor_rows(self) -> bool:
        return not self.parts and any(one.parts for one in self.sets)

    @property
    def panels(self) -> list[Panel]:
        return [*(panel for one in self.sets for panel in one.panels), *self.lanes]


def block(first: float, last: float, top: float, foot: float) -> str:
    """A rectangle as part of a path."""
    return f"M{first:g} {foot:g}V{top:g}H{last:g}V{foot:g}z"
