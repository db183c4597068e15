"""Days, weeks, months, quarters and years as numbers, by the day that they begin."""

import datetime as dt
from functools import lru_cache

import numpy as np

from incidents.columns.layout import Ints
from incidents.columns.rows import Rows
from incidents.columns.table import DAY_ZERO

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# 1999-12-27, a Monday; weeks begin on Mondays as in ISO 8601.
MONDAY = -5
ZERO = np.datetime64(DAY_ZERO)


@lru_cache(maxsize=16)
def _begins(interval: str, first: int, last: int) -> tuple[Ints, list[dt.date]]:
    """For each day from first to last the number of its period, and the day each begins."""
    days = np.arange(first, last + 1)
    if interval == "day":
        begins = days
    elif interval == "week":
        begins = (days - MONDAY) // 7 * 7 + MONDAY
    else:
        months = (ZERO + days).astype("datetime64[M]").astype(np.int64)
        step = MONTHS[interval]
        start = (months // step * step).astype("datetime64[M]").astype("datetime64[D]")
        begins = (start - ZERO).astype(np.int64)
    unique, number = np.unique(begins, return_inverse=True)
    return number.astype(np.int32), [DAY_ZERO + dt.timedelta(days=int(day)) for day in unique]


def of(rows: Rows, interval: str) -> tuple[Ints, list[dt.date]]:
    """The number of each row's period, and the day that each period begins."""
    days = rows.take("date_start")
    if not len(days):
        return np.empty(0, dtype=np.int32), []
    first, last = int(days.min()), int(days.max())
    number, begins = _begins(interval, first, last)
    return number.take(days - first), begins
