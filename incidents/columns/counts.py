"""How many incidents have each value of each attribute that one may ask for."""

from typing import Any, NamedTuple

import numpy as np

from core.parameters import Terms
from incidents.choices import Role
from incidents.columns.conditions import TERMS, Asked, having
from incidents.columns.layout import HOME, Ints
from incidents.columns.rows import Rows

# Least and most deaths of each value of the facet `killed`.
KILLED = {"0": (0, 0), "1-4": (1, 4), "5-9": (5, 9), "10-24": (10, 24), "25-49": (25, 49),
          "50-99": (50, 99), "100-": (100, None)}  # fmt: skip
LEAST = [least for least, _most in KILLED.values()]


class FacetValue(NamedTuple):
    """One value, how many incidents one would see with it, and whether the question names it."""

    value: str
    incidents: int
    is_chosen: bool


def of_terms(rows: Rows, facet: str, asked: Asked) -> list[FacetValue]:
    """The values of one column, most first. An incident counts once in each of its values."""
    column = TERMS[facet]
    words = rows.table.profiles[HOME[column]].words(column)
    return _values(words.words, words.spread(rows.counts(HOME[column])), asked.get(facet, ()))


def of_actors(rows: Rows, asked: Asked, chosen: Any) -> list[FacetValue]:
    """Actors, in the roles that are asked about; `chosen` are those that the question names."""
    roles = asked.get("role", Terms())
    counts = rows.counts("parties")
    actors, number = _in_roles(rows, roles)
    return _values(
        actors, np.bincount(number[1], weights=counts[number[0]], minlength=len(actors)), chosen
    )


def _in_roles(rows: Rows, roles: Terms) -> tuple[list[str], tuple[Ints, Ints]]:
    """Actors, and pairs (combination, actor) in which one has one of the roles."""
    profile = rows.table.profiles["parties"]
    actors = profile.words("actors")
    if not roles:
        return actors.words, (actors.entry, actors.word)
    ties = profile.words("actor_roles")
    of_tie = np.full(len(ties.words) + 1, -1, dtype=np.int64)
    for number, tie in enumerate(ties.words):
        actor, _, role = tie.rpartition(":")
        if role in roles:
            of_tie[number] = actors.numbers.get(actor, -1)
    chosen = of_tie[ties.word] >= 0
    size = max(len(actors.words), 1)
    in_role = np.unique(ties.entry[chosen] * size + of_tie[ties.word[chosen]])
    if roles.excluded:
        in_role = np.setdiff1d(np.unique(actors.entry * size + actors.word), in_role)
    return actors.words, (in_role // size, in_role % size)


def of_roles(rows: Rows, asked: Asked) -> list[FacetValue]:
    """The roles in which the asked actors took part; nothing where no actor is asked about."""
    actors = asked.get("actor", Terms())
    if not actors or actors.excluded:
        return []
    counts = rows.counts("parties")
    found = [
        int(counts[having(rows.table, "actor_roles", [f"{a}:{role}" for a in actors])].sum())
        for role in Role.values
    ]
    return _values(Role.values, found, asked.get("role", ()))


def of_deaths(rows: Rows, asked: Asked) -> list[FacetValue]:
    """How many incidents have how many deaths: the best figure, else the lowest."""
    bounds = asked.get("killed_min"), asked.get("killed_max")
    # Every number of deaths is in one of the ranges, and one that is not known before the first.
    group = np.searchsorted(LEAST, rows.table.deaths.deaths, side="right")
    found = np.bincount(group, weights=rows.counts("deaths"), minlength=len(LEAST) + 1)[1:]
    return [
        FacetValue(value, int(number), bounds == KILLED[value])
        for value, number in zip(KILLED, found, strict=True)
    ]


def _values(words: list[str], counts: Any, chosen: Any) -> list[FacetValue]:
    counts = np.asarray(counts)
    occurring = np.flatnonzero(counts)
    found = [
        FacetValue(words[place], number, words[place] in chosen)
        for place, number in zip(
            occurring.tolist(), counts[occurring].astype(int).tolist(), strict=True
        )
        if words[place]
    ]
    if chosen:
        told = {value.value for value in found}
        found += [FacetValue(word, 0, True) for word in chosen if word not in told]
    return sorted(found, key=lambda value: (-value.incidents, value.value))
