"""What the map of the explorer says in words: its legend, and what it leaves out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents.maps.shades import Shades
from incidents.maps.sums import Gathered
from incidents.questions import IncidentQuestion


@dataclass(frozen=True)
class Swatch:
    """One line of the legend: `kind` is the class of what it explains."""

    kind: str
    label: str


def of_places() -> list[Swatch]:
    """What the marks of places mean."""
    return [
        Swatch("cluster", _("incidents near one another; the circle grows with their number")),
        Swatch("uncertain", _("somewhere within this circle")),
        Swatch("wash", _("somewhere in this area or country")),
    ]


def notes_on_places(found: Gathered) -> list[str]:
    """How many incidents have no mark of their own."""
    number = sum(spot.incidents for spot in found.spots if spot.latitude is None)
    if not number:
        return []
    text = ngettext(
        "%(n)s incident is known, or shown, only to an area or a country: it is a wash, no point.",
        "%(n)s incidents are known, or shown, only to an area or a country: they are washes, no "
        "points.",
        number,
    )
    return [text % {"n": prose.count(number)}]


def of_shades(found: Shades, measure: str) -> list[Swatch]:
    """What the colours mean, from the least to the most."""
    if measure == "change":
        words = (
            _("less than half"),
            _("fewer"),
            _("about the same (up to a tenth more or less)"),
            _("more"),
            _("twice as many or more"),
        )
        kept = [Swatch(f"change level-{n}", word) for n, word in enumerate(words, 1)]
        return [*kept, Swatch("level-0", _("too few to tell"))]
    lower = [1, *found.bounds]
    upper = [bound - 1 for bound in found.bounds]
    lines = [
        prose.count(low) if low == high else f"{prose.count(low)}–{prose.count(high)}"
        for low, high in zip(lower, upper, strict=False)
    ]
    lines.append(_("%(n)s and more") % {"n": prose.count(lower[-1])})
    return [Swatch(f"level-{n}", line) for n, line in enumerate(lines, 1)]


def notes_on_shades(found: Shades, measure: str, missing: list[str]) -> list[str]:
    """What is compared, and what is not coloured; `missing` names what has no outline."""
    notes = []
    if measure == "change":
        notes.append(_said_of(found.baseline))
    if measure == "killed":
        notes.append(_("Colours follow the best estimate of deaths; the table has the range."))
    if found.apart:
        text = ngettext(
            "%(n)s incident has no first-level area on record and is not coloured.",
            "%(n)s incidents have no first-level area on record and are not coloured.",
            found.apart,
        )
        notes.append(text % {"n": prose.count(found.apart)})
    if missing:
        text = _("Without an outline of their own, only in the table: %(names)s.")
        notes.append(text % {"names": ", ".join(missing)})
    return notes


def _said_of(baseline: IncidentQuestion | None) -> str:
    if baseline is None:
        return _("A change needs a first day: choose one, and the map compares with before.")
    asked = baseline.cleaned
    start, end = asked.get("from") or asked["begun"], asked["to"]
    text = _("Compared with %(days)s. Fewer than ten incidents in both say nothing.")
    return text % {"days": prose.days(start, end)}
