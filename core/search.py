"""One box for everything. Each room says what it can find (`<app>/search.py`); this asks them all.

A room registers finders when the site starts:

    register(Names("body", _("Bodies"), rows, names=..., hit=...))

Only what readers may know of is ever looked at: a finder starts from published rows, and from
`told()` where a noun has it.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Protocol

from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value
from django.utils.functional import Promise

from core.names import search_key
from core.naming import Match, best, marked
from core.text import LEFT_OUT, Fold, Marked

Text = str | Promise
MAX_LENGTH = 200
MOST_PARTS = 8
SHORTEST = 2
# From here on a name was surely meant; below the other it is only spelt alike.
SURE, GUESS = 0.76, 0.73


@dataclass(frozen=True)
class Words:
    """What a reader typed, and the same folded for comparing names."""

    text: str

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


def search(text: str, *, kinds: Iterable[str] = (), limit: int) -> list[Found]:
    """What answers `text`, the kind with the surest hit first; nothing for no words."""
    words = Words(text)
    if not words.key:
        return []
    asked = [FINDERS[kind] for kind in kinds] or list(FINDERS.values())
    found = [answer for finder in asked if (answer := finder.find(words, limit))]
    if max((answer.score for answer in found), default=0) >= SURE:
        found = [answer for each in found if (answer := _without_guesses(each))]
    return sorted(found, key=lambda answer: -answer.score)


def _without_guesses(found: Found) -> Found | None:
    """Beside what was surely meant, names that are only spelt alike are noise."""
    hits = [hit for hit in found.hits if hit.score >= GUESS]
    if len(hits) == len(found.hits):
        return found
    return replace(found, hits=hits, count=len(hits)) if hits else None


@dataclass(frozen=True)
class Named:
    """What a hit of a reference table shows."""

    name: str
    url: str
    details: Sequence[str] = ()


class Names:
    """Finds rows of a reference table by any of their names.

    `rows` gives those that readers may know of; `columns` and `lists` hold their names; `show`
    says what a row looks like; `candidates` replaces the way in which likely rows are found;
    `weight` below 1 puts this kind behind others that answer as well.
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
        names: Callable[[Any], Iterable[str]] | None = None,
        candidates: Callable[[Words], Iterable[Any]] | None = None,
        weight: float = 1,
    ) -> None:
        self.kind, self.label = kind, label
        self.rows, self.show = rows, show
        self.columns, self.lists, self.key, self.weight = columns, lists, key, weight
        self.names = names or self._names
        self._candidates = candidates or self._by_trigrams

    def find(self, words: Words, limit: int) -> Found | None:
        """The rows whose names are spelt like the words, the likest first."""
        if len(words.key) < SHORTEST:
            return None
        likely = self.rows().filter(pk__in=list(self._candidates(words)))
        matched = [(row, match) for row in likely if (match := best(words.key, self.names(row)))]
        if not matched:
            return None
        matched.sort(key=lambda pair: (-pair[1].score, str(pair[0]), pair[0].pk))
        hits = [self._hit(row, match, words) for row, match in matched[:limit]]
        return Found(self.kind, self.label, hits, len(matched))

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

    def _names(self, row: Model) -> Iterable[str]:
        yield from (str(_read(row, column) or "") for column in self.columns)
        for column in self.lists:
            yield from _read(row, column)

    def _by_trigrams(self, words: Words) -> Iterable[Any]:
        """Keys of all rows of which some name shares enough of its letters with the words."""
        parts: list[Any] = [F(column) for column in self.columns]
        parts += [Func(F(column), Value(" "), function="array_to_string", output_field=TextField())
                  for column in self.lists]  # fmt: skip
        names = Fold(Func(Value(" "), *parts, function="concat_ws", output_field=TextField()))
        return alike(self.rows().model._default_manager.order_by(), names, words)


def alike(rows: "QuerySet[Any]", names: Any, words: Words) -> "QuerySet[Any]":
    """Primary keys of the rows whose folded `names` are spelt like the words, or like one of them.

    All of them: whether readers may know of a row is asked only of these few, and a hidden row
    must push no public one aside.
    """
    parts = [words.key, *words.parts]
    likeness = reduce(operator.or_, (Q(folded__trigram_word_similar=part) for part in parts))
    return rows.annotate(folded=names).filter(likeness).values_list("pk", flat=True)


def _read(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row
