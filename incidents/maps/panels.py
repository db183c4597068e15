"""The map of the explorer as a page shows it without a script: drawing, legend, table, notes."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents.maps import drawing, legends
from incidents.maps.drawing import AFRICA
from incidents.maps.shades import Shade, Shades, shades
from incidents.maps.sums import Gathered, gather
from incidents.presentation import Options
from incidents.questions import IncidentQuestion
from incidents.rollups import HarmSum
from incidents.sentences import NAMES
from incidents.words import labelled
from regions.models import AdminArea
from regions.outlines import countries


@dataclass(frozen=True)
class Row:
    """One line of the table: a country or an area, and the question narrowed to it.

    `imprecise`: how many of the incidents are known to an area or to the country only.
    """

    name: str
    query: str
    incidents: int
    killed: HarmSum
    outline: str = ""
    level: int = 0
    imprecise: int = 0
    before: int | None = None
    change: str = ""


@dataclass(frozen=True)
class Panel:
    """A map of an answer, its legend, its table, and what has to be said about it."""

    layer: str
    measure: str
    question: str
    drawing: drawing.Drawing
    summary: str
    legend: list[legends.Swatch]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    bounds: tuple[float, float, float, float] = AFRICA
    # Outlines of areas and countries within which some incidents are known to be, no more.
    washed: list[str] = field(default_factory=list)
    countries: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, str]:
        """What the map that a script draws has to say, by the library's own keys."""
        return {
            "Map.Title": _(
                "Map of the incidents. Arrow keys move it, plus and minus zoom, Enter tells what "
                "is at its centre."
            ),
            "NavigationControl.ZoomIn": _("Zoom in"),
            "NavigationControl.ZoomOut": _("Zoom out"),
            "Popup.Close": _("Close"),
            "CooperativeGesturesHandler.MobileHelpText": _("Move the map with two fingers"),
            "killed": _("killed: {n}"),
            "failed": _("The server did not answer."),
        }

    @property
    def names(self) -> dict[str, Any]:
        """Names of all countries as GeoJSON, for the map that a script draws."""
        return drawing.names_as_geojson(self.countries)


def panel(question: IncidentQuestion, answer: Any, options: Options) -> Panel:
    """The map of an answer (`incidents.columns`). Raises ParametersRefused."""
    if options.layer == "clusters":
        return _places(question, answer, options)
    return _shaded(question, answer, options)


def _places(question: IncidentQuestion, answer: Any, options: Options) -> Panel:
    groups = answer.by("country")
    names = _country_names()
    frame = drawing.frame_of([g.key for g in groups], question.cleaned.get("bbox"))
    found = gather(answer, drawing.grid_of(frame))
    coarse = _coarse(found)
    washed = drawing.washed(found)
    rows = [
        Row(
            name=names.get(group.key, group.key),
            query=_query(question, options, country=group.key),
            incidents=group.incidents,
            killed=group.killed,
            outline=group.key,
            imprecise=coarse[group.key],
        )
        for group in sorted(groups, key=lambda g: (-g.incidents, g.key))
    ]
    return Panel(
        layer=options.layer,
        measure=options.measure,
        question=question.as_query(),
        drawing=drawing.of_places(found, frame, names, washed),
        summary=_summary(rows, sum(row.incidents for row in rows)),
        legend=legends.of_places(),
        rows=rows,
        notes=legends.notes_on_places(found),
        bounds=_bounds(rows, question),
        washed=washed,
        countries=names,
    )


def _country_names() -> dict[str, str]:
    return NAMES["country"](list(countries()))


def _area_names(found: Shades, states: dict[str, str], *, alone: bool) -> dict[str, str]:
    """Names of areas by slug, with their country unless there is one `alone`."""
    slugs = [key for shade in found.shades for key in shade.keys]
    rows = AdminArea.objects.filter(slug__in=slugs).values_list("slug", "name", "country__iso3")
    return {
        slug: name if alone else f"{name}, {states.get(iso3, iso3)}" for slug, name, iso3 in rows
    }


def _coarse(found: Gathered) -> Counter[str]:
    """Incidents by country that are known to no more than an area or the country."""
    counted: Counter[str] = Counter()
    for spot in found.spots:
        if spot.latitude is None:
            counted[spot.country] += spot.incidents
    return counted


def _shaded(question: IncidentQuestion, answer: Any, options: Options) -> Panel:
    found = shades(question, options)
    column = "country" if options.layer == "countries" else "area"
    codes = [g.key for g in answer.by("country")]
    states = _country_names()
    alone = len(codes) < 2
    names = states if column == "country" else _area_names(found, states, alone=alone)
    rows = [_row(shade, column, names, question, options) for shade in found.shades]
    frame = drawing.frame_of(codes, question.cleaned.get("bbox"))
    titles = {row.outline: _told(row) for row in rows}
    drawn = drawing.of_shades(found.shades, options.layer, frame, states, titles)
    total = sum(row.incidents for row in rows) + found.apart
    missing = [row.name for row in rows if not row.outline]
    return Panel(
        layer=options.layer,
        measure=options.measure,
        question=question.as_query(),
        drawing=drawn,
        summary=_summary(rows, total),
        legend=legends.of_shades(found, options.measure),
        rows=rows,
        notes=legends.notes_on_shades(found, options.measure, missing),
        bounds=_bounds(rows, question, codes),
        countries=states,
    )


def _row(
    shade: Shade, column: str, names: dict[str, str], question: IncidentQuestion, options: Options
) -> Row:
    known = [names.get(key, key) for key in shade.keys]
    return Row(
        name=" / ".join(dict.fromkeys(known)),
        query=_query(question, options, **{column: ",".join(shade.keys)}),
        incidents=shade.incidents,
        killed=shade.killed,
        outline=shade.outline,
        level=shade.level,
        before=shade.before,
        change=_change(shade),
    )


def _change(shade: Shade) -> str:
    if shade.before is None:
        return ""
    change = shade.incidents - shade.before
    return ("−" if change < 0 else "+") + prose.count(abs(change))


def _told(row: Row) -> str:
    text = labelled(row.name, drawing.told(row.incidents, row.killed))
    if row.before is not None:
        text += ", " + _("before: %(n)s") % {"n": prose.count(row.before)}
    return text


def _summary(rows: list[Row], total: int) -> str:
    """What the picture shows, for those who do not see it."""
    text = ngettext("A map of %(n)s incident.", "A map of %(n)s incidents.", total)
    said = text % {"n": prose.count(total)}
    top = [f"{row.name} {prose.count(row.incidents)}" for row in rows[:5] if row.incidents]
    if top:
        said += " " + _("Most are in: %(places)s.") % {"places": ", ".join(top)}
    return said + " " + _("The table below has all figures.")


def _query(question: IncidentQuestion, options: Options, **changes: str) -> str:
    """The question with what is chosen of the map, and changes."""
    usual = Options()
    shown = {
        name: str(getattr(options, name))
        for name in ("view", "layer", "measure", "baseline")
        if getattr(options, name) != getattr(usual, name)
    }
    return question.as_query(**shown, **changes)


def _bounds(
    rows: list[Row], question: IncidentQuestion, codes: list[Any] | None = None
) -> tuple[float, float, float, float]:
    """West, south, east, north of what the interactive map shows at first."""
    if box := question.cleaned.get("bbox"):
        west, south, east, north = box
        return west, south, east, north
    known = countries()
    boxes = [known[c].box for c in codes or [row.outline for row in rows] if c in known]
    if not boxes:
        return AFRICA
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
