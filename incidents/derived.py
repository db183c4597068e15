"""What an incident's own columns repeat of its parts: one rule for the desk and the seed."""

from collections.abc import Iterable
from typing import Any, Protocol

from incidents.choices import Attribution, Harm, Measure, Population, Role, Scope

PARTS = ("low", "best", "high")
# The columns of the incident, and the preferred figure that each repeats.
CACHED = {
    "killed": (Harm.KILLED, Population.ALL),
    "wounded": (Harm.WOUNDED, Population.ALL),
    "abducted": (Harm.ABDUCTED, Population.ALL),
    "displaced": (Harm.DISPLACED, Population.ALL),
    "attackers_killed": (Harm.KILLED, Population.ATTACKERS),
}
SUSPECTS = (Role.ACCUSED, Role.CLAIMANT)


class Figure(Protocol):
    """What one source says of one harm to one population."""

    @property
    def harm(self) -> str: ...
    @property
    def population(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def low(self) -> int | None: ...
    @property
    def best(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def is_preferred(self) -> bool: ...


def cached(figures: Iterable[Figure]) -> dict[str, Any]:
    """The preferred figures as the incident's columns; None where no figure is preferred."""
    preferred = {
        (figure.harm, figure.population): figure
        for figure in figures
        if figure.is_preferred and figure.measure == Measure.COUNT
    }
    killed = preferred.get((Harm.KILLED, Population.ALL))
    values: dict[str, Any] = {"killed_scope": killed.scope if killed else Scope.EXCL_ATTACKERS}
    for name, what in CACHED.items():
        figure = preferred.get(what)
        values |= {f"{name}_{part}": getattr(figure, part, None) for part in PARTS}
    return values


def attribution(parts: Iterable[tuple[str, str]]) -> str:
    """The surest attribution among (role, attribution) of perpetrators; of suspects where no
    perpetrator is held sure."""
    known = list(parts)
    order = list(Attribution)
    for roles in ((Role.PERPETRATOR,), SUSPECTS):
        said = [word for role, word in known if role in roles]
        best = min(said, key=lambda word: order.index(Attribution(word)), default="unknown")
        if best != Attribution.UNKNOWN:
            return str(best)
    return str(Attribution.UNKNOWN)
