"""A chart as a picture that stands alone: title, question, legend, source, date and licence in it.

The SVG carries its own colours (light, whatever the reader's screen) and no style sheet, which the
content security policy would refuse. The PNG is drawn from it at twice the size, with
fonts that arrive with the packages, so that it looks the same on every server.
"""

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import resvg_py
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core import fonts
from incidents.charts.histogram import FULL

MARGIN = 32.0
COLUMN_GAP = 40.0
ROW = 18.0  # of the legend
SIGN, APART = 16.0, 26.0  # room for the sign before an entry, and between entries
# Letters on a line, from the mean width of a letter at each size.
TITLE, TEXT, SMALL = 24.0, 15.0, 12.0
LETTER = 0.5
ZOOM = 2
FONTS = [str(path) for path in fonts.FILES]
# The beginning of a text with Arabic letters.
WITH_ARABIC = re.compile(r"<text(?=[^>]*>[^<]*[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufeff])")


@dataclass(frozen=True)
class Panel:
    """One drawing within a picture, with the template that draws it. `note` sums it up."""

    drawing: Any
    template: str
    label: str = ""
    note: str = ""

    @property
    def head(self) -> float:
        """Room above the drawing for label and note."""
        return (22.0 if self.label else 0.0) + (20.0 if self.note else 0.0)


@dataclass(frozen=True)
class Entry:
    """One line of the legend: `sign` is box, round, line, or the letter that is drawn itself."""

    sign: str
    label: str
    fill: str = "#07384a"
    opacity: float = 1


@dataclass(frozen=True)
class Noted:
    """An entry of the legend and where it stands."""

    entry: Entry
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    y: float
    text: str


@dataclass(frozen=True)
class Placed:
    """A panel and its upper left corner."""

    panel: Panel
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """Everything with its place, in pixels."""

    width: float
    height: int
    title: list[Line]
    question: list[Line]
    legend: list[Noted]
    panels: list[Placed]
    foot: list[Line]
    foot_rule: float
    address: str

    @property
    def right(self) -> float:
        return self.width - MARGIN


def bars_legend() -> list[Entry]:
    """What the parts of a bar mean."""
    return [
        Entry("box", _("incidents; lowest number killed"), "#9aa3ad"),
        Entry("box", _("from the lowest to the highest number killed"), "#5f93a3"),
        Entry("line", _("best estimate")),
        Entry("+", _("for some incidents no highest number is known")),
        Entry("?", _("nobody gives a number")),
    ]


def picture(
    title: str,
    question: str,
    panels: Sequence[Panel],
    legend: Sequence[Entry],
    foot: Sequence[str],
    address: str,
) -> Picture:
    """Set a chart: panels in two columns where there are several, text broken into lines."""
    columns = min(2, max(1, len(panels)))
    across = max((panel.drawing.width for panel in panels), default=FULL)
    inner = across * columns + COLUMN_GAP * (columns - 1)
    y = MARGIN + TITLE - 6
    title_lines, y = _lines(title, inner, TITLE, y, bold=True)
    question_lines, y = _lines(question, inner, TEXT, y)
    noted, y = _flowing(legend, inner, y + 4)
    placed, y = _grid(panels, columns, across, y + 8)
    rule = y + 6
    foot_lines, y = [], y + 26
    for text in foot:
        lines, y = _lines(text, inner, SMALL, y)
        foot_lines += lines
    return Picture(
        width=inner + 2 * MARGIN, height=math.ceil(y + MARGIN - SMALL), title=title_lines,
        question=question_lines, legend=noted, panels=placed, foot=foot_lines,
        foot_rule=rule, address=address,
    )  # fmt: skip


def _lines(
    text: str, width: float, size: float, y: float, *, bold: bool = False
) -> tuple[list[Line], float]:
    """The text in lines that fit, and where the next line begins."""
    letters = int(width / (size * (LETTER + 0.04 * bold)))
    # An address breaks after its ampersands.
    parts = textwrap.wrap(text.replace("&", "& "), letters, break_on_hyphens=False)
    found = [part.replace("& ", "&") for part in parts]
    step = size * 1.3
    return [Line(round(y + n * step, 1), one) for n, one in enumerate(found)], y + len(found) * step


def _flowing(legend: Sequence[Entry], width: float, y: float) -> tuple[list[Noted], float]:
    """The entries one after the other, in as many rows as they need."""
    noted, x = [], 0.0
    for entry in legend:
        needed = SIGN + len(entry.label) * SMALL * 0.53
        if x and x + needed > width:
            x, y = 0.0, y + ROW
        noted.append(Noted(entry, round(MARGIN + x, 1), round(y, 1)))
        x += needed + APART
    return noted, y + ROW


def _grid(
    panels: Sequence[Panel], columns: int, across: float, y: float
) -> tuple[list[Placed], float]:
    placed = []
    for begin in range(0, len(panels), columns):
        row = panels[begin : begin + columns]
        for place, panel in enumerate(row):
            placed.append(Placed(panel, MARGIN + place * (across + COLUMN_GAP), y + panel.head))
        y += max(panel.head + panel.drawing.height for panel in row) + 16
    return placed, y


def svg(drawn: Picture) -> str:
    """The picture as the text of an SVG file."""
    return render_to_string("incidents/charts/picture.svg", {"picture": drawn, "margin": MARGIN})


def png(text: str) -> bytes:
    """An SVG of ours as a PNG file. Raises ValueError where the text is not SVG.

    resvg looks for missing letters in other fonts, but finds none where one text mixes scripts:
    so a text with Arabic letters names the font that has them, and Latin ones besides.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=WITH_ARABIC.sub(f'<text font-family="{fonts.ARABIC}"', text),
            zoom=ZOOM,
            skip_system_fonts=True,
            font_files=FONTS,
            font_family=fonts.LATIN,
            sans_serif_family=fonts.LATIN,
        )
    )
