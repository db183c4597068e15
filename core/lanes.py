"""A drawing of several things over time: one lane each, on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.timeline import Axis, Bar


@dataclass(frozen=True)
class Lane:
    """One thing: its name, its periods in words and as bars, and what is odd about it."""

    label: str
    note: str
    bars: Sequence[Bar]
    caution: str = ""


@dataclass(frozen=True)
class Drawing:
    """Lanes on an axis. `legend` names the kinds of bar; `on` is the x of today or empty."""

    axis: Axis
    lanes: Sequence[Lane]
    legend: Sequence[tuple[str, Any]]
    on: str = ""
