"""The rows of the answer: one page of them, by day where that is asked, and the ways around."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from core import prose
from incidents.explorer import cells
from incidents.explorer import light as lightly
from incidents.explorer.asking import Asked
from incidents.explorer.controls import Control, control
from incidents.filters import MAX_LIMIT
from incidents.forms import Text
from incidents.models import PublishedIncident
from incidents.presentation import COLUMNS

# A heading sorts by these: first as wanted most often, then the other way round.
SORTS = {"date": ("-date", "date"), "killed": ("-killed", "killed")}
# What a row is made of (`cells`): the rest of the record's sixty columns is not read.
READ = (
    "public_id", "slug", "title", "status", "attribution", "sources_count", "dataset", "payload",
    "date_start", "date_end", "date_precision", "is_multiday",
)  # fmt: skip
# So many columns find room on every page.
WIDE = 6


@dataclass(frozen=True)
class Day:
    """Rows of one date, as precisely as the date is known; without a label: all rows."""

    label: str
    rows: list[PublishedIncident]


@dataclass(frozen=True)
class Sort:
    """A heading that sorts by `name`: `now` is ascending, descending or none; `query` is the view
    after."""

    name: str
    now: str
    query: str


@dataclass(frozen=True)
class Heading:
    """The heading of a chosen column; a few sort."""

    label: Text
    is_number: bool
    sort: Sort | None = None


@dataclass(frozen=True)
class Listing:
    """A page of the list. `previous` and `next` are addresses, empty at the ends."""

    days: list[Day]
    columns: list[str]
    previous: str
    next: str
    sorts: dict[str, Sort]
    controls: list[Control]
    note: str = ""
    choosable: list[tuple[str, Text, bool]] = field(default_factory=list)

    @property
    def headings(self) -> list[Heading]:
        """Headings of the chosen columns; date and title stand before them."""
        known = [(name, cells.COLUMNS[name]) for name in self.columns]
        return [Heading(c.label, c.is_number, self.sorts.get(name)) for name, c in known]

    @property
    def width(self) -> int:
        """Columns of the table, date and title counted."""
        return len(self.columns) + 2

    @property
    def is_wide(self) -> bool:
        """Whether the table may be wider than a page, and scrolls by itself."""
        return self.width > WIDE


def listing(asked: Asked, *, light: bool = False) -> Listing:
    """The page that was asked for, or on a light page what fits. Raises ParametersRefused."""
    question, options = asked.question, asked.options
    page = question.page(lightly.MOST_ROWS if light else MAX_LIMIT, READ)
    by_date = question.order.name in SORTS["date"]
    columns = options.columns
    return Listing(
        days=list(by_day(page.rows)) if options.by_day and by_date else [Day("", list(page.rows))],
        columns=[name for name in COLUMNS if name in columns],
        previous=f"?{asked.query(cursor=page.previous)}" if page.previous else "",
        next=f"?{asked.query(cursor=page.next)}" if page.next else "",
        sorts={name: sort(asked, name) for name in SORTS},
        note=lightly.rows_note(asked) if light and page.next else "",
        controls=[
            control(asked, name)
            for name in ("ordering", "limit", *(("by_day",) if by_date else ()))
        ],
        choosable=[(name, cells.COLUMNS[name].label, name in columns) for name in COLUMNS],
    )


def by_day(rows: Iterable[PublishedIncident]) -> Iterable[Day]:
    """Rows that follow each other with the same date in words: a month stays a month."""
    for label, group in groupby(rows, key=date_in_words):
        yield Day(label, list(group))


def date_in_words(row: PublishedIncident) -> str:
    return prose.when_short(row.date_start, row.date_end, row.date_precision, row.is_multiday)


def sort(asked: Asked, name: str) -> Sort:
    first, second = SORTS[name]
    now = asked.question.order.name
    wanted = second if now == first else first
    state = {first: "descending", second: "ascending"}.get(now, "none")
    return Sort(name, state, asked.query(ordering=None if wanted == "-date" else wanted))
