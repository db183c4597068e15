"""One box for everything. Each room says what it can find (`<app>/search.py`); this asks them all.

A room registers finders when the site starts:

    register(Names("body", _("Bodies"), rows=..., columns=..., show=...))

Only what readers may know of is ever looked at: a finder starts from published rows, and from
`told()` where a noun has it.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Any, Protocol, TypeVar

from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value
from django.utils.functional import Promise

from core.names import search_key
from core.naming import Match, best, marked
from core.spelling import Held, state_of
from core.text import LEFT_OUT, Fold, Marked

T = TypeVar("T")
Text = str | Promise
MAX_LENGTH = 200
MOST_PARTS = 8
SHORTEST = 2
# More rows are asked for their keys first.
AT_ONCE = 200
# What scores so much was meant, and beside it what scores less than the second is noise: within
# the words of others ("Somalia" for "mali"), or only spelt alike.
NOISE = ((0.82, 0.78), (0.76, 0.73))


@dataclass(frozen=True)
class Words:
    """What a reader typed, and the same folded for comparing names.

    `is_typing`: the reader has not sent it yet, and wants a few likely answers at once.
    `least`: what scores less is noise beside what other finders have found.
    """

    text: str
    is_typing: bool = False
    least: float = 0
    _known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several finders need to know of the words, made by the first that asks."""
        if name not in self._known:
            self._known[name] = make()
        found: T = self._known[name]
        return found

    @property
    def key(self) -> str:
        return search_key(LEFT_OUT.sub(" ", self.text))

    @property
    def parts(self) -> list[str]:
        """The single words that may be a name, where there are several."""
        several = self.key.split()
        return [word for word in several if len(word) > 2][:MOST_PARTS] if several[1:] else []


@dataclass(frozen=True)
class Hit:
    """One thing that answers. `score` runs from 0 to 1, 1 for the very name."""

    kind: str
    key: str
    name: str
    url: str
    score: float
    # The name that answered, where it is not the one that is shown.
    known_as: str = ""
    detail: str = ""
    marked: Marked = field(default_factory=list)
    snippet: Marked = field(default_factory=list)
    known_as_marked: Marked = field(default_factory=list)

    @property
    def matches(self) -> list[str]:
        """The words of the answer that were looked for, each once."""
        pieces = [*self.marked, *self.known_as_marked, *self.snippet]
        return list(dict.fromkeys(text for text, is_match in pieces if is_match))


@dataclass(frozen=True)
class Found:
    """What one finder answers, the best first; `count` is a floor where `is_floor` says so."""

    kind: str
    label: Text
    hits: Sequence[Hit]
    count: int
    is_floor: bool = False
    # Of all that answer, where they differ.
    scores: Sequence[float] = ()
    # The words that were taken instead, where nothing contains those that were typed.
    instead: str = ""
    more_url: str = ""

    @property
    def score(self) -> float:
        return self.hits[0].score


class Finder(Protocol):
    """Finds things of one kind."""

    kind: str

    @property
    def label(self) -> Text:
        """Name of the kind, in the plural."""

    def find(self, words: Words, limit: int) -> Found | None:
        """At most `limit` hits; None where nothing answers."""


FINDERS: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    """Make a kind of thing findable; the order of registering breaks ties between kinds."""
    FINDERS[finder.kind] = finder


def search(
    text: str,
    *,
    kinds: Iterable[str] = (),
    limit: int,
    limits: Mapping[str, int] | None = None,
    is_typing: bool = False,
) -> list[Found]:
    """What answers `text`, the kind with the surest hit first; nothing for no words.
    At most `limit` of each kind, or what `limits` say of it."""
    words = Words(text, is_typing)
    if not words.key:
        return []
    asked = [FINDERS[kind] for kind in kinds] or list(FINDERS.values())
    most, found = limits or {}, []
    # Tables that grow are asked last, when what would be noise need not be looked up.
    for finder in sorted(asked, key=lambda finder: getattr(finder, "grows", False)):
        if answer := finder.find(words, most.get(finder.kind, limit)):
            found.append(answer)
            least = next((least for meant, least in NOISE if answer.score >= meant), 0)
            words = replace(words, least=max(least, words.least))
    found = [answer for each in found if (answer := _from(each, words.least))]
    return sorted(found, key=lambda answer: -answer.score)


def _from(found: Found, least: float) -> Found | None:
    """The hits that score so much at least."""
    hits = [hit for hit in found.hits if hit.score >= least]
    count = sum(score >= least for score in found.scores) if found.scores else found.count
    return replace(found, hits=hits, count=count) if hits else None


@dataclass(frozen=True)
class Named:
    """What a hit of a reference table shows."""

    name: str
    url: str
    details: Sequence[str] = ()


class Names:
    """Finds rows of a reference table by any of their names.

    `rows` gives those that readers may know of; `columns` and `lists` hold their names; `show`
    says what a row looks like; `held` says how else their names are read; `weight` below 1 puts
    this kind behind others that answer as well. Of a table that `grows` with the record the names
    are not held in memory.
    """

    def __init__(
        self,
        kind: str,
        label: Text,
        *,
        rows: "Callable[[], QuerySet[Any]]",
        show: Callable[[Any], Named],
        columns: Sequence[str] = ("name",),
        lists: Sequence[str] = (),
        key: str = "slug",
        held: Held | None = None,
        weight: float = 1,
        grows: bool = False,
    ) -> None:
        self.kind, self.label = kind, label
        self.rows, self.show = rows, show
        self.columns, self.lists, self.key, self.weight = columns, lists, key, weight
        self._held, self.grows = held, grows

    def find(self, words: Words, limit: int) -> Found | None:
        """The rows whose names are spelt like the words, the likest first."""
        if len(words.key) < SHORTEST:
            return None
        likely = ((pk, best(words.key, names), names) for pk, names in self._likely(words))
        least = words.least / self.weight
        matched = {pk: (it, names) for pk, it, names in likely if it and it.score >= least}
        if not matched:
            return None
        wanted = sorted(matched, key=lambda pk: (-matched[pk][0].score, matched[pk][1][0], pk))
        shown, known = self._shown(wanted, limit)
        if not shown:
            return None
        hits = [self._hit(row, matched[row.pk][0], words) for row in shown]
        scores = [round(matched[pk][0].score * self.weight, 4) for pk in known]
        return Found(self.kind, self.label, hits, len(known), scores=scores)

    def _shown(self, wanted: list[Any], limit: int) -> tuple[list[Any], list[Any]]:
        """The first of these rows that readers may know of, and the keys of all that they may.

        The end comes after that question: a hidden row must push no public one aside.
        """
        rows = self.rows()
        if not rows.query.where:
            found = rows.in_bulk(wanted[:limit])
        elif len(wanted) > AT_ONCE:
            known = set(rows.order_by().filter(pk__in=wanted).values_list("pk", flat=True))
            wanted = [pk for pk in wanted if pk in known]
            found = rows.in_bulk(wanted[:limit])
        else:
            found = rows.in_bulk(wanted)
            wanted = [pk for pk in wanted if pk in found]
        return [found[pk] for pk in wanted[:limit] if pk in found], wanted

    def _likely(self, words: Words) -> list[tuple[Any, list[str]]]:
        """Key and names of the rows of which some name shares enough of its letters with words."""
        spelt = [words.key, *words.parts]
        if self.grows:
            return self._spelt_like(spelt)
        return self.held.spellings(words.once("names", _state_of_names)).like(spelt)

    @cached_property
    def _table(self) -> "QuerySet[Any]":
        """All rows, hidden ones too."""
        return self.rows().model._default_manager.order_by()

    @property
    def held(self) -> Held:
        """The names in memory."""
        if self._held is None:
            self._held = Held([self._table.model], lambda: self._read(self._table.all()))
        return self._held

    @property
    def tables(self) -> list[type[Model]]:
        """The tables of which the names are held in memory."""
        return [] if self.grows else list(self.held.tables)

    def _read(self, rows: "QuerySet[Any]") -> list[tuple[Any, list[str]]]:
        found = []
        for pk, *values in rows.values_list("pk", *self.columns, *self.lists):
            single, several = values[: len(self.columns)], values[len(self.columns) :]
            names = [*single, *(name for names in several for name in names)]
            found.append((pk, [name for name in names if name]))
        return found

    def _spelt_like(self, words: Sequence[str]) -> list[tuple[Any, list[str]]]:
        parts: list[Any] = [F(column) for column in self.columns]
        names = Fold(Func(Value(" "), *parts, function="concat_ws", output_field=TextField()))
        likeness = reduce(operator.or_, (Q(folded__trigram_word_similar=word) for word in words))
        rows = self._table.all()
        return self._read(rows.annotate(folded=names).filter(likeness))

    def _hit(self, row: Model, match: Match, words: Words) -> Hit:
        shown = self.show(row)
        is_other = search_key(match.name) != search_key(shown.name)
        return Hit(
            kind=self.kind,
            key=str(_read(row, self.key)),
            name=shown.name,
            url=shown.url,
            score=round(match.score * self.weight, 4),
            known_as=match.name if is_other else "",
            detail=" · ".join(text for text in shown.details if text and text != match.name),
            marked=marked(shown.name, words.key),
            known_as_marked=marked(match.name, words.key) if is_other else [],
        )


def _state_of_names() -> dict[str, str]:
    """Of all tables that are held at once: one question, however many kinds are asked."""
    finders = (finder for finder in FINDERS.values() if isinstance(finder, Names))
    return state_of(list(dict.fromkeys(table for finder in finders for table in finder.tables)))


def _read(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row
