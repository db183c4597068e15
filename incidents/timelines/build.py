"""A question and its answer as a timeline: every panel, its table and its words."""

from incidents.columns import Answer
from incidents.models import PublishedIncident
from incidents.presentation import Options
from incidents.questions import IncidentQuestion
from incidents.timelines import lanes, sets, spans, words
from incidents.timelines.axis import Axis
from incidents.timelines.extent import axis_of, chosen_interval, today_of
from incidents.timelines.legend import legend
from incidents.timelines.moves import moves
from incidents.timelines.scene import BETWEEN, Query, Scene
from incidents.timelines.shapes import Panel, Timeline


def build(
    question: IncidentQuestion, answer: Answer, options: Options, query: Query | None = None
) -> Timeline | None:
    """The timeline of a valid question; None where there is nothing to draw.

    `query` gives the address of the same view with some parameters changed (`explorer.Asked.query`)
    and is the question's own `as_query` if absent.
    """
    axis = axis_of(question, answer)
    if axis is None:
        return None
    query = query or question.as_query
    today = today_of(question)
    interval, notes = chosen_interval(axis, options.interval)
    keys, has_more = sets.largest(answer, options.stack)
    counted = sets.counted(answer, interval, options.stack, keys)
    scene = Scene(axis, interval, options.stack, keys, has_more, today, query)
    frames = spans.frames(question.cleaned, answer.facets()["campaign"], axis)
    strips = spans.strips(frames, axis, 0.0)
    top = max((span.y + spans.STRIP + BETWEEN for span in strips), default=0.0)
    drawn = scene.drawn(counted, frames, top)
    if undrawn := len(frames) - len(strips):
        notes.append(words.undrawn_note(undrawn))
    rows, more = in_lanes(answer, options.lanes, axis, drawn[-1].panels[-1].foot + BETWEEN)
    panels = [*(panel for one in drawn for panel in one.panels), *rows]
    return Timeline(
        first=axis.first,
        last=axis.last,
        days=axis.days,
        interval=interval,
        head=drawn[0].panels[0].top,
        foot=panels[-1].foot,
        ticks=axis.ticks,
        sets=drawn,
        lanes=rows,
        spans=strips,
        frames=frames,
        parts=scene.entries,
        legend=legend(panels, strips),
        moves=moves(question.cleaned, axis, today, query),
        notes=[*notes, *more],
        lanes_query=query(lanes=options.lanes) if rows else "",
        list_query=query(view="list") if rows else "",
    )


def in_lanes(answer: Answer, by: str, axis: Axis, top: float) -> tuple[list[Panel], list[str]]:
    """The lanes that were asked for, and what to know of them or why they are not drawn."""
    if by not in lanes.LANES:
        return [], []
    if answer.count > lanes.MOST:
        return [], [words.too_many_note(answer.count, lanes.MOST)]
    rows = PublishedIncident.objects.numbered(answer.seqs())
    notes = [words.actor_lanes_note()] if by == "actor" else []
    return lanes.lanes(rows, by, axis, top), notes
