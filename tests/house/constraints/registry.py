"""The cases: each breaks one named constraint or trigger, and says which."""

import datetime as dt
from collections.abc import Callable
from typing import Any

LATE, EARLY = dt.date(2020, 2, 1), dt.date(2020, 1, 1)
BACKWARDS = {"starts_on": LATE, "ends_on": EARLY}

Case = Callable[[], object]
CASES: dict[str, Case] = {}


def case(*names: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a function that must break the constraint; it may take the name."""

    def keep(function: Callable[..., object]) -> Callable[..., object]:
        for name in names:
            takes_name = function.__code__.co_argcount == 1
            CASES[name] = (lambda f=function, n=name: f(n)) if takes_name else function
        return function

    return keep


def twice(make_one: Callable[[], object]) -> None:
    """Make the same row two times; the second must be refused."""
    make_one()
    make_one()


def change(row: Any, **values: Any) -> None:
    """Write behind the model's back, so that only the database can refuse."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)
