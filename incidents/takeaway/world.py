"""The map of the explorer as a picture: its parameters, its drawing, colours that stand alone."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.questions import ParametersRefused
from incidents.charts.chart import Chart, asked_with
from incidents.charts.picture import Entry, Panel
from incidents.columns import select
from incidents.explorer.asking import Asked
from incidents.explorer.mapped import mapped, of_one_set, sets_of
from incidents.maps import Panel as MapPanel
from incidents.maps.drawing import Drawing
from incidents.maps.legends import Swatch
from incidents.takeaway.parts import HARM_COLUMNS, harm_cells

DRAWN = "incidents/charts/_map.html"
LAND = "#efebe2"
# As in map.css, in light.
FILLS = {
    "wash": "#cbd2ce",
    "cluster": "#0b4f63",
    "uncertain": "#0b4f63",
    "level-0": LAND,
    "level-1": "#dbe9ec",
    "level-2": "#a9cdd6",
    "level-3": "#6fa9b8",
    "level-4": "#357d92",
    "level-5": "#07384a",
    "change level-0": "#dcd8cf",
    "change level-1": "#5e3c99",
    "change level-2": "#b2abd2",
    "change level-3": "#ffffff",
    "change level-4": "#fdb863",
    "change level-5": "#b35806",
}
OPACITY = {"cluster": 0.82, "uncertain": 0.14}


@dataclass(frozen=True)
class Shape:
    """An outline and its colour; areas without one let the country below be seen."""

    path: str
    fill: str
    width: float


@dataclass(frozen=True)
class Coloured:
    """The drawing of a map with the colours that a page takes from its style sheet."""

    drawing: Drawing
    shapes: list[Shape]

    @property
    def width(self) -> float:
        return self.drawing.width

    @property
    def height(self) -> float:
        return self.drawing.height


def world(data: QueryDict) -> Chart:
    """The map of an address of the explorer. Raises ParametersRefused."""
    asked = Asked.of(data)
    refusals = [*asked.question.refusals, *asked.presentation.refusals]
    if refusals:
        raise ParametersRefused(refusals)
    panel, question = mapped(asked), asked.question
    sets = sets_of(select(question))
    if len(sets) > 1:
        drawn = asked.options.drawn
        sets = [drawn if drawn in sets else sets[0]]
        question = of_one_set(question, sets[0])
    changes = panel.measure == "change" and panel.layer != "clusters"
    return Chart(
        title=_titles()[panel.measure if panel.layer != "clusters" else "incidents"],
        question=question.sentence(),
        panels=[Panel(coloured(panel.drawing, changes=changes), DRAWN)],
        header=("place", "outline", "incidents", *HARM_COLUMNS, "incidents_before"),
        rows=[
            [row.name, row.outline, row.incidents, *harm_cells(row.killed), row.before]
            for row in panel.rows
        ],
        datasets=sets,
        query=asked.query(),
        as_of=question.cleaned.get("as_of"),
        notes=(*panel.notes, _("Outlines: Natural Earth. They take no position on borders.")),
        legend=tuple(_entry(swatch, changes) for swatch in panel.legend),
    )


def asked_of(panel: MapPanel, baseline: str | None = None) -> str:
    """The query string that draws a map again as a chart."""
    more = {"layer": panel.layer, "measure": panel.measure, "baseline": baseline}
    return asked_with(panel.question, **more)


def coloured(drawing: Drawing, *, changes: bool) -> Coloured:
    """The outlines of a drawing with their fills, countries below areas."""
    countries = [Shape(one.path, _fill(one.kind, changes), 0.8) for one in drawing.countries]
    areas = [Shape(one.path, _fill(one.kind, changes), 0.5) for one in drawing.areas]
    return Coloured(drawing, [*countries, *areas])


def _fill(kind: str, changes: bool) -> str:
    name = f"change {kind}" if changes and kind.startswith("level") else kind
    return FILLS.get(name, LAND)


def _entry(swatch: Swatch, changes: bool) -> Entry:
    sign = "round" if swatch.kind in OPACITY else "box"
    return Entry(sign, swatch.label, _fill(swatch.kind, changes), OPACITY.get(swatch.kind, 1))


def _titles() -> dict[str, str]:
    return {
        "incidents": _("Map of incidents"),
        "killed": _("Map of people killed"),
        "change": _("Map of the change in incidents"),
    }
