"""A breakdown as horizontal bars: incidents on the left, deaths from low to high on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.charts.histogram import FULL
from incidents.rollups import Group, HarmSum

# What a breakdown divides by -> column of the record.
DIVISIONS = {
    "country": "country",
    "region": "region",
    "area": "area",
    "type": "type",
    "group": "group",
    "attribution": "attribution",
    "dataset": "dataset",
    "target": "targets",
    "weapon": "weapons",
    "tactic": "tactics",
    "campaign": "campaigns",
    "body": "bodies",
    "actor": "actors",
}

WIDTH = FULL
LABEL, GAP = 230.0, 30.0
ROW, BAR, TOP = 26.0, 14.0, 26.0
PANEL = (WIDTH - LABEL - GAP) / 2
KILLED = LABEL + PANEL - GAP
# Room for what is written after the longest bar: a number, a range of two.
VALUE, RANGE = 50.0, 140.0
LETTERS = 34  # of a label


@dataclass(frozen=True)
class Row:
    """One value: lengths of its bars, and where its ranges and numbers stand, in pixels."""

    label: str
    incidents: int
    killed: HarmSum
    y: float
    length: float
    incidents_end: float
    low: float
    range_x: float
    range_length: float
    best: float
    killed_end: float

    @property
    def is_known(self) -> bool:
        """Whether any incident gives a number."""
        return self.killed.missing < self.incidents

    @property
    def middle(self) -> float:
        return self.y + BAR / 2 + 4


@dataclass(frozen=True)
class Breakdown:
    """Rows of bars: incidents on one scale, deaths on another."""

    rows: list[Row]
    height: float
    width: float = WIDTH
    label_x: float = LABEL - 10
    incidents_x: float = LABEL
    killed_x: float = KILLED
    bar: float = BAR
    top: float = TOP


def breakdown(groups: Sequence[tuple[Group, str]]) -> Breakdown | None:
    """Groups with their labels, most important first; None without any."""
    if not groups:
        return None
    most = max(1, *(group.incidents for group, _label in groups))
    most_killed = max(1, *(_tallest(group.killed) for group, _label in groups))
    room, killed_room = KILLED - LABEL - GAP - VALUE, WIDTH - KILLED - RANGE
    return Breakdown(
        rows=[
            _row(group, label, place, room / most, killed_room / most_killed)
            for place, (group, label) in enumerate(groups)
        ],
        height=TOP + ROW * len(groups) + 6,
    )


def _tallest(killed: HarmSum) -> int:
    return max(killed.high or 0, killed.best, killed.low)


def _row(group: Group, label: str, place: int, step: float, killed_step: float) -> Row:
    killed = group.killed
    low = round(killed.low * killed_step, 1)
    end = round(_tallest(killed) * killed_step, 1)
    return Row(
        label=label if len(label) <= LETTERS else label[: LETTERS - 1] + "…",
        incidents=group.incidents,
        killed=killed,
        y=TOP + ROW * place + (ROW - BAR) / 2,
        length=round(group.incidents * step, 1),
        incidents_end=round(LABEL + group.incidents * step + 6, 1),
        low=low,
        range_x=round(KILLED + low, 1),
        range_length=round(max(end - low, 0), 1),
        best=round(KILLED + killed.best * killed_step, 1),
        killed_end=round(KILLED + end + 6, 1),
    )
