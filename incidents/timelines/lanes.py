"""Incidents one by one, a lane for each actor or country.

An exact day is a point; an event of several days is a bar; an uncertain date is a band over every
day that it can mean, never a point. A suspected or disputed attribution is drawn paler.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents.choices import Attribution
from incidents.models import PublishedIncident
from incidents.querysets import RecordQuerySet
from incidents.sentences import NAMES
from incidents.timelines.axis import Axis
from incidents.timelines.shapes import Mark, Panel
from incidents.words import harmed, labelled

MOST = 3000  # incidents that are drawn one by one
MOST_LANES = 12
ROW, PAD, TITLE, BETWEEN = 11.0, 3.0, 20.0, 4.0  # pixels
MOST_ROWS = 10  # of one lane: beyond them marks lie on one another
POINT = 9 / 900  # of the axis that a point covers
ACTIVE = ("perpetrator", "accused", "claimant", "party")
UNSURE = (Attribution.SUSPECTED, Attribution.DISPUTED)
TOLLS = (10, 50)  # deaths from which a point is drawn larger, and larger again
COLUMNS = (
    "public_id", "slug", "title", "date_start", "date_end", "date_precision", "is_multiday",
    "country", "actor_roles", "attribution", "killed_low", "killed_best", "killed_high",
)  # fmt: skip


def _actors(incident: PublishedIncident) -> list[str]:
    ties = (tie.rsplit(":", 1) for tie in incident.actor_roles)
    return list(dict.fromkeys(slug for slug, role in ties if role in ACTIVE)) or [""]


LANES: dict[str, Callable[[PublishedIncident], list[str]]] = {
    "actor": _actors,
    "country": lambda incident: [incident.country],
}


@dataclass(frozen=True)
class Lane:
    """The incidents of one actor or country; `key` is empty for the rest and for none."""

    key: str
    name: str
    incidents: list[PublishedIncident]


def lanes(rows: RecordQuerySet, by: str, axis: Axis, top: float) -> list[Panel]:
    """A panel for each of the largest lanes, and one for the rest, from `top` down."""
    return drawn(sorted_by(rows, by), axis, top)


def drawn(members: Sequence[Lane], axis: Axis, top: float) -> list[Panel]:
    """The same for lanes that are sorted already."""
    # An incident of several lanes is told once.
    said = {one.public_id: one for lane in members for one in lane.incidents}
    words = {public_id: _words(one) for public_id, one in said.items()}
    panels = []
    for lane in members:
        title = f"{lane.name} · {prose.count(len(lane.incidents))}"
        panels.append(_panel(title, lane.incidents, words, axis, top + TITLE))
        top = panels[-1].foot + BETWEEN
    return panels


def sorted_by(rows: RecordQuerySet, by: str) -> list[Lane]:
    """The largest lanes, and one for the rest, each in the order of days."""
    members: dict[str, list[PublishedIncident]] = {}
    for incident in rows.order_by("date_start", "public_id").only(*COLUMNS):
        for key in LANES[by](incident):
            members.setdefault(key, []).append(incident)
    order = sorted(members, key=lambda key: (key == "", -len(members[key]), key))
    kept, rest = order[:MOST_LANES], order[MOST_LANES:]
    names = NAMES[by]([key for key in kept if key]) | {"": _("No actor recorded")}
    found = [Lane(key, str(names.get(key, key)), members[key]) for key in kept]
    if rest:
        others = {one.public_id: one for key in rest for one in members[key]}
        title = ngettext("%(n)s other", "%(n)s others", len(rest)) % {"n": prose.count(len(rest))}
        found.append(Lane("", title, sorted(others.values(), key=lambda one: one.date_start)))
    return found


def _panel(
    title: str,
    incidents: Sequence[PublishedIncident],
    said: Mapping[str, str],
    axis: Axis,
    top: float,
) -> Panel:
    ends: list[float] = []
    marks = [
        _mark(one, said[one.public_id], axis, _row(ends, *_reach(one, axis))) for one in incidents
    ]
    return Panel(title, top, len(ends) * ROW + 2 * PAD, (), marks=marks, kind="lane")


def _row(ends: list[float], left: float, right: float) -> int:
    """The first row that is free, else a new one, else the one that is free soonest."""
    row = next((n for n, end in enumerate(ends) if end <= left), len(ends))
    if row == MOST_ROWS:
        row = ends.index(min(ends))
    ends[row : row + 1] = [right]
    return row


def is_certain(incident: PublishedIncident) -> bool:
    """Whether the dates say when it happened, not only between which days."""
    return incident.is_multiday or incident.date_start == incident.date_end


def _reach(incident: PublishedIncident, axis: Axis) -> tuple[float, float]:
    left, right = axis.at(incident.date_start), axis.after(incident.date_end)
    middle, half = (left + right) / 2, max(right - left, POINT * axis.days) / 2
    return middle - half, middle + half


def _mark(incident: PublishedIncident, words: str, axis: Axis, row: int) -> Mark:
    left: float = axis.at(incident.date_start)
    right: float = axis.after(incident.date_end)
    middle = PAD + (row + 0.5) * ROW
    if not is_certain(incident):
        kind = "band"
    elif right - left > 1:
        kind = "days"
    else:
        kind, left, right = f"point {_size(incident)}", left + 0.5, left + 0.5
    pale = " unsure" if incident.attribution in UNSURE else ""
    return Mark(incident.public_id, incident.slug, words, kind + pale, left, right, middle)


def _size(incident: PublishedIncident) -> str:
    deaths = incident.killed_low if incident.killed_best is None else incident.killed_best
    return ("small", "middle", "large")[sum((deaths or 0) >= least for least in TOLLS)]


def _words(incident: PublishedIncident) -> str:
    when = prose.when_short(
        incident.date_start, incident.date_end, incident.date_precision, incident.is_multiday
    )
    numbers = (incident.killed_low, incident.killed_best, incident.killed_high)
    if numbers == (None, None, None):
        return labelled(when, incident.title)
    toll = harmed("killed", dict(zip(("low", "best", "high"), numbers, strict=True)))
    return labelled(when, f"{incident.title}; {toll}")
