"""Harm by measure and population: the preferred figure of each, and every other, by source."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from incidents import words
from incidents.choices import Harm, Measure, Population
from incidents.preferring import Figure, why

ATTACKERS = "attackers_killed"
# UCDP's best figure is the sum of these (GED codebook).
PARTS = ("side_a", "side_b", "civilians", "unknown")
OPEN = ("at_least", "over", "dozens", "hundreds")
VOICE = ("source", "publisher", "grade", "said_by", "as_of")


@dataclass(frozen=True)
class Strip:
    """A figure on the scale of its table, in per cent of the width; `best` may be absent.

    `is_open`: the source gives no highest figure, so the line has no end.
    """

    left: str
    right: str
    best: str
    is_open: bool


@dataclass(frozen=True)
class Line:
    """One figure as its source gave it, and where it lies beside the others."""

    estimate: Figure
    strip: Strip | None


@dataclass(frozen=True)
class Choice:
    """All figures for one population and measure, the preferred one first, and why it is that."""

    population: str
    measure: str
    lines: list[Line]
    reasons: list[str]


@dataclass(frozen=True)
class Table:
    """Every figure for one harm; `top` is the largest of its numbers, where its scale ends."""

    harm: str
    choices: list[Choice]
    top: int

    @property
    def has_scale(self) -> bool:
        """Whether its figures are drawn beside one another."""
        return any(line.strip for choice in self.choices for line in choice.lines)

    @property
    def one_voice(self) -> Figure | None:
        """A figure whose source gives all of them alike, with nothing to add; else None."""
        rows = [line.estimate for choice in self.choices for line in choice.lines]
        voices = {tuple(row[name] for name in VOICE) for row in rows}
        plain = not any(row["note"] or row["as_reported"] for row in rows)
        single = all(len(choice.lines) == 1 for choice in self.choices)
        own = any(row["is_self_interested"] for row in rows)
        return rows[0] if len(voices) == 1 and plain and single and not own else None

    @property
    def reasons(self) -> list[str]:
        """Why the preferred figures are that, each reason once."""
        return list(dict.fromkeys(text for choice in self.choices for text in choice.reasons))


@dataclass(frozen=True)
class Voice:
    """Harms of which one source gives every figure, each once."""

    harms: list[str]
    estimate: Figure
    reasons: list[str]

    @property
    def names(self) -> str:
        """ "Killed, attackers killed": the harms in words."""
        named = [
            _("attackers killed") if harm == ATTACKERS else words.in_words(harm, "harm")
            for harm in self.harms
        ]
        return str(capfirst(", ".join(named)))


@dataclass(frozen=True)
class Cell:
    """The preferred figure of one harm, measure and population; `others` counts the rest."""

    figure: Figure | None
    others: int


@dataclass(frozen=True)
class Row:
    harm: str
    measure: str
    cells: list[Cell | None]


@dataclass(frozen=True)
class Matrix:
    """Harms and measures down, populations across; None where no source says anything."""

    populations: list[str]
    rows: list[Row]


def matrix(estimates: Sequence[Figure]) -> Matrix | None:
    """The preferred figures of an incident, each beside the population that it counts."""
    if not estimates:
        return None
    populations = sorted({e["population"] for e in estimates}, key=list(Population).index)
    kinds = sorted(
        {(e["harm"], e["measure"]) for e in estimates},
        key=lambda kind: (list(Harm).index(kind[0]), list(Measure).index(kind[1])),
    )
    rows = [
        Row(harm, measure, [_cell(estimates, harm, measure, who) for who in populations])
        for harm, measure in kinds
    ]
    return Matrix(populations, rows)


def _cell(estimates: Sequence[Figure], *kind: str) -> Cell | None:
    same = [e for e in estimates if (e["harm"], e["measure"], e["population"]) == kind]
    if not same:
        return None
    chosen = next((e for e in same if e["is_preferred"]), None)
    if chosen is None and len(same) == 1:
        return Cell(same[0], 0)
    return Cell(chosen, len(same) - (chosen is not None))


def tables(estimates: Sequence[Figure]) -> list[Table]:
    """Every figure, by harm in the vocabulary's order; attackers' deaths in a table of their own.

    Within a harm by population and measure, the preferred figure first, then by date.
    """
    ordered = sorted(estimates, key=_place)
    found = []
    for harm, group in groupby(ordered, key=_kind):
        rows = list(group)
        top = max((n for e in rows for n in words.triple(e) if n is not None), default=0)
        choices = [
            Choice(
                who,
                measure,
                [Line(e, _strip(e, top) if len(same) > 1 else None) for e in same],
                why(same, _parts(who, estimates)),
            )
            for (who, measure), several in groupby(rows, key=_choice)
            for same in [list(several)]
        ]
        found.append(Table(harm, choices, top))
    return found


def apart(found: Sequence[Table]) -> tuple[list[Table], list[Voice]]:
    """Tables with figures to compare; and harms that one source speaks of, by source."""
    voices: dict[tuple[Any, ...], list[Table]] = {}
    several = []
    for table in found:
        if alone := table.one_voice:
            voices.setdefault(tuple(alone[name] for name in VOICE), []).append(table)
        else:
            several.append(table)
    spoken = []
    for same in voices.values():
        reasons = list(dict.fromkeys(text for table in same for text in table.reasons))
        first = same[0].choices[0].lines[0].estimate
        spoken.append(Voice([table.harm for table in same], first, reasons))
    return several, spoken


def _kind(estimate: Figure) -> str:
    is_attackers = estimate["population"] == "attackers" and estimate["harm"] == Harm.KILLED
    return ATTACKERS if is_attackers else str(estimate["harm"])


def _choice(estimate: Figure) -> tuple[str, str]:
    return estimate["population"], estimate["measure"]


def _place(estimate: Figure) -> tuple[int, int, int, bool, str]:
    return (
        [*Harm.values, ATTACKERS].index(_kind(estimate)),
        Population.values.index(estimate["population"]),
        Measure.values.index(estimate["measure"]),
        not estimate["is_preferred"],
        estimate["as_of"] or "",
    )


def _strip(estimate: Figure, top: int) -> Strip | None:
    low, best, high = words.triple(estimate)
    known = [n for n in (low, best, high) if n is not None]
    if not known or not top:
        return None
    floor = min(known) if low is not None or best is not None else 0
    is_open = high is None and estimate["comparator"] in ("at_least", "over", "dozens", "hundreds")
    share = [f"{100 * n / top:.2f}%" for n in (floor, max(known))]
    return Strip(
        share[0], share[1], f"{100 * best / top:.2f}%" if best is not None else "", is_open
    )


def _parts(population: str, estimates: Sequence[Figure]) -> list[int]:
    """Best figures of the sides, civilians and unknown, where one source gives all four."""
    if population != "all":
        return []
    by_part = {
        e["population"]: e["best"]
        for e in estimates
        if e["harm"] == Harm.KILLED and e["measure"] == "count" and e["best"] is not None
    }
    return [by_part[part] for part in PARTS] if by_part.keys() >= set(PARTS) else []
