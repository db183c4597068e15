"""Campaigns and missions behind the bars: what was going on meanwhile.

A campaign belongs to an answer whose incidents it holds, or whose countries or actors are its own;
a mission to an answer about countries or a body, where it was deployed or who mandated it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse

from core.periods import period
from incidents.columns import FacetValue
from incidents.models import Campaign
from incidents.sentences import told
from incidents.timelines.axis import Axis
from incidents.timelines.shapes import Frame, Layer, Span, block
from incidents.words import labelled
from regions.models import Mission

STRIP, GAP = 16.0, 2.0  # pixels of one span and below it
MOST_STRIPS = 6
NAMED = 0.08  # of the axis: a shorter span holds no name by itself
# A name is cut to what a drawing of usual width holds; the script cuts it anew to the real one.
USUAL, PAD, LETTER = 900.0, 4.0, 6.0  # pixels
LEAST_LETTERS = 8
# What is closest to an attack comes first; conflicts and missions are the wider background.
RANK = ("condition", "episode", "series", "campaign", "conflict", "mission")
WASHED = RANK[:4]
LONGEST_WASH = 0.4  # of the axis: what lasts longer tells nothing as a background


def frames(asked: Mapping[str, Any], tied: Sequence[FacetValue], axis: Axis) -> list[Frame]:
    """Campaigns and missions that the axis shows; `tied` is the answer's facet of campaigns."""
    slugs = [one.value for one in tied if one.is_chosen or "campaign" not in asked]
    shown = [*_campaigns(asked, slugs, axis), *_missions(asked, axis)]
    return sorted(shown, key=lambda f: (RANK.index(f.kind), f.first, f.last, f.name))


def _wanted(asked: Mapping[str, Any], name: str) -> list[str]:
    value = asked.get(name, ())
    return [] if getattr(value, "excluded", False) else list(value)


def _campaigns(asked: Mapping[str, Any], slugs: Sequence[str], axis: Axis) -> list[Frame]:
    ties: dict[str, Sequence[str]] = {"slug__in": slugs}
    if "campaign" not in asked:
        ties["countries__iso3__in"] = _wanted(asked, "country")
        ties["parties__actor__slug__in"] = _wanted(asked, "actor")
    relevant = _any_of(ties)
    if not relevant:
        return []
    rows = told(Campaign).filter(relevant, starts_on__isnull=False)
    return [
        _frame(row, axis, row.kind, row.get_kind_display(), "incidents:campaign")
        for row in rows.between(axis.first, axis.last).distinct()
    ]


def _missions(asked: Mapping[str, Any], axis: Axis) -> list[Frame]:
    relevant = _any_of(
        {
            "area__iso3__in": _wanted(asked, "country"),
            "mandating_body__slug__in": _wanted(asked, "body"),
        }
    )
    if not relevant:
        return []
    rows = told(Mission).filter(relevant, starts_on__isnull=False)
    return [
        _frame(row, axis, "mission", row.get_kind_display(), "regions:mission")
        for row in rows.between(axis.first, axis.last).distinct()
    ]


def _any_of(ties: Mapping[str, Sequence[str]]) -> Q:
    """Rows with one of these ties; empty, like a question for none of them, where none is asked."""
    return Q(*((name, terms) for name, terms in ties.items() if terms), _connector=Q.OR)


def _frame(row: Any, axis: Axis, kind: str, kind_words: str, page: str) -> Frame:
    when = period(row.starts_on, row.ends_on, row.start_precision, row.end_precision)
    return Frame(
        name=str(row),
        words=labelled(row.name, f"{kind_words}, {when}"),
        kind=kind,
        address=reverse(page, args=[row.slug]),
        first=max(row.starts_on, axis.first),
        last=min(row.ends_on or axis.last, axis.last),
    )


def strips(shown: Sequence[Frame], axis: Axis, top: float) -> list[Span]:
    """Each frame in the first strip where its days are free; the longer ones first.

    Frames that find no room are left to the list below the drawing.
    """
    taken: list[list[tuple[int, int]]] = []
    placed = []
    for frame in sorted(shown, key=lambda frame: not _is_long(frame, axis)):
        left, right = axis.at(frame.first), axis.after(frame.last)
        strip = next((n for n, days in enumerate(taken) if _is_free(days, left, right)), len(taken))
        if strip == MOST_STRIPS:
            continue
        if strip == len(taken):
            taken.append([])
        taken[strip].append((left, right))
        placed.append((frame, (left, right), strip))
    return [
        _span(frame, axis, days, _next(taken[strip], days[0], axis), top + strip * (STRIP + GAP))
        for frame, days, strip in placed
    ]


def _is_long(frame: Frame, axis: Axis) -> bool:
    return axis.after(frame.last) - axis.at(frame.first) >= NAMED * axis.days


def _is_free(days: Sequence[tuple[int, int]], left: int, right: int) -> bool:
    return all(right <= start or end <= left for start, end in days)


def _next(days: Sequence[tuple[int, int]], left: int, axis: Axis) -> int:
    """Where the next span of a strip begins: a name may run on up to there."""
    return min((start for start, _end in days if start > left), default=axis.days)


def _span(frame: Frame, axis: Axis, days: tuple[int, int], free: int, y: float) -> Span:
    left, right = days
    room = free - left
    return Span(
        name=frame.name,
        label=fitted(frame.name, int((room / axis.days * USUAL - 2 * PAD) / LETTER)),
        words=frame.words,
        kind=frame.kind,
        address=frame.address,
        first=left,
        days=right - left,
        room=room,
        x=axis.percent(left),
        width=axis.percent(right - left),
        room_width=axis.percent(room),
        y=y,
    )


def fitted(name: str, letters: int) -> str:
    """The name, or its beginning with an ellipsis, or nothing where too little could be read."""
    if len(name) <= letters:
        return name
    return f"{name[: letters - 1].rstrip()}…" if letters >= LEAST_LETTERS else ""


def wash(shown: Sequence[Frame], axis: Axis, height: float) -> Layer | None:
    """The days of campaigns behind a plot; conflicts and missions last too long to tell apart."""
    days = [(axis.at(f.first), axis.after(f.last)) for f in shown if f.kind in WASHED]
    days = [(left, right) for left, right in days if right - left <= LONGEST_WASH * axis.days]
    if not days:
        return None
    return Layer("wash", "".join(block(left, right, 0, height) for left, right in days))
