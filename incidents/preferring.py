"""Why one figure among several is preferred, or why none is, in sentences.

An editor chose; the sentences are read off the figures themselves and say only what these show.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import words
from incidents.choices import Measure, Population

Figure = Mapping[str, Any]
SHORT = 60  # letters of a remark that can stand in a sentence


def why(same: Sequence[Figure], parts: Sequence[int] = ()) -> list[str]:
    """Why one of these figures is preferred, or why none is, in sentences."""
    chosen = next((e for e in same if e["is_preferred"]), None)
    others = [e for e in same if e is not chosen]
    if chosen is None:
        return _none_chosen(same)
    if not others:
        said = [_("No source gives another figure.")]
        if parts and sum(parts) == chosen["best"]:
            said.append(_sum_of(parts, chosen["best"]))
        return said
    said = [_range(chosen, others), _best(chosen, others), _grade(chosen, others)]
    return [text for text in (*said, _interested(others)) if text]


def _none_chosen(same: Sequence[Figure]) -> list[str]:
    first = same[0]
    if all(e["is_self_interested"] for e in same):
        text = _("None: a party speaks in its own cause, and no second source confirms it.")
    elif first["measure"] != Measure.COUNT:
        text = _("None: this is a measure of its own and never added to the others.")
    elif first["population"] != Population.ALL and len(same) == 1:
        return []  # A part of another figure, shown for what it is.
    else:
        text = _("None: it enters no total.")
    return [text]


def _sum_of(parts: Sequence[int], best: int) -> str:
    text = _("The best estimate adds up both sides, civilians and unknown: %(sum)s = %(best)s.")
    numbers = " + ".join(prose.count(part) for part in parts)
    return text % {"sum": numbers, "best": prose.count(best)}


def _bounds(figures: Sequence[Figure]) -> tuple[int | None, int | None]:
    numbers = [n for e in figures for n in words.triple(e) if n is not None]
    return min(numbers, default=None), max(numbers, default=None)


def _range(chosen: Figure, others: Sequence[Figure]) -> str:
    least, most = _bounds(others)
    low, high = chosen["low"], chosen["high"]
    if least is None or most is None:
        return ""
    if low is not None and high is not None and low <= least and most <= high and low < high:
        return _("Its range holds every figure given, from the lowest to the highest.")
    if low is not None and low <= least and high is None:
        return _("It starts at the lowest figure given and leaves the top open.")
    floor = chosen["best"] if low is None else low
    if floor is not None and floor <= least:
        return _("It is the lowest, most cautious figure.")
    return ""


def _best(chosen: Figure, others: Sequence[Figure]) -> str:
    """Whose figure the best one is, where another line carries the same number."""
    best = chosen["best"]
    if best is None:
        return _("No source gives a figure that could stand as the best one.")
    named = [_publisher(e) for e in others if _gives(e, best)]
    if not named:
        return ""
    names = ", ".join(dict.fromkeys(name for name in named if name))
    if not names:
        return ""
    return _("The best estimate, %(best)s, is the figure of %(names)s.") % {
        "best": prose.count(best),
        "names": names,
    }


def _gives(estimate: Figure, number: int) -> bool:
    """Whether this is the source's own figure, not just an end of its range."""
    low, best, high = words.triple(estimate)
    return best == number or (best is None and number in (low, high) and None in (low, high))


def _publisher(estimate: Figure) -> str:
    """Who gives the figure, and who said it to them where the record tells in a few words."""
    name = str(estimate.get("publisher") or estimate.get("source_title") or "")
    speaker = str(estimate.get("said_by") or estimate.get("note") or "")
    return f"{name} ({speaker})" if name and 0 < len(speaker) <= SHORT else name


def _grade(chosen: Figure, others: Sequence[Figure]) -> str:
    mine, rest = chosen.get("grade") or "", [e.get("grade") or "" for e in others]
    if not mine or not all(rest):
        return ""
    if mine < min(rest):
        return _("It rests on the best-graded source (%(grade)s).") % {"grade": mine}
    if mine > min(rest):
        return _("A better-graded source (%(grade)s) gives another figure.") % {"grade": min(rest)}
    return _("No other figure rests on a better-graded source.")


def _interested(others: Sequence[Figure]) -> str:
    number = sum(1 for e in others if e["is_self_interested"])
    if not number:
        return ""
    return ngettext(
        "%(n)s figure comes from a party in its own cause and cannot be preferred.",
        "%(n)s figures come from parties in their own cause and cannot be preferred.",
        number,
    ) % {"n": prose.count(number)}
