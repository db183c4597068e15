"""How words that readers type are read against the record; misspelt ones are mended.

A word that no incident has is misspelt, if the record has another that is spelt much alike. What
the record says decides, never what is left of it by other parameters of a question: "Tombouctou"
is a right word in Kenya, where nothing is found for it.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connections
from django.db.models import Q
from rapidfuzz import fuzz

from core.names import search_key
from core.planning import FOLLOW_BOTH, planned
from core.text import LEFT_OUT, containing

if TYPE_CHECKING:
    from incidents.querysets import RecordQuerySet

FEW_HITS = 2000
LIKE_ENOUGH = 70
MOST_MENDED = 6
CANDIDATES = 20
TRIED = 5
NEWEST_FIRST = ("-date_start", "-public_id")
# So many rows are looked at whatever they contain: the newest, and some by chance, of which the
# random `public_id` makes as good a choice as any.
LOOKED_AT = 500
BY_CHANCE = ("public_id",)
WORD = re.compile(r"[^\W\d_]{4,40}")
Key = tuple[dt.date, str, int]


@dataclass(frozen=True)
class Reading:
    """The rows that contain the words; how many; the words taken instead of misspelt ones."""

    rows: "RecordQuerySet"
    count: int
    is_floor: bool = False
    instead: str = ""
    # Day, `public_id` and `seq` of those rows, the newest first; some of them where there are more
    # than `count`, of which so many as are `sure` are the newest of all.
    hits: tuple[Key, ...] = ()
    sure: int = 0
    # How many rows each of those that are not sure stands for, about.
    each: float = 1

    @property
    def seqs(self) -> list[int]:
        """Rows that contain the words, the newest of those that were found fast first."""
        return [seq for *_key, seq in self.hits]

    def newest(self, most: int) -> list[int]:
        """`seq` of the newest `most` rows that contain the words."""
        if not self.is_floor or self.sure >= most:
            return self.seqs[:most]
        # Enough should be newer than the second of the known rows; where not, all are sorted.
        known = self.hits[min(self.sure + 1 + int(4 * most / self.each), len(self.hits) - 1)]
        for since in (known[0], dt.date.min):
            within = self.rows.filter(date_start__gte=since)
            if len(found := _found(within, most, is_newest=True)) == most:
                break
        return [seq for *_key, seq in found]


def read(rows: "RecordQuerySet", text: str) -> Reading:
    """The rows that contain `text`, or what it is misspelt for."""
    return _mending(rows, text, _containing)


def read_all(rows: "RecordQuerySet", text: str, *, is_hasty: bool = False) -> Reading:
    """The same of the whole record, of which some rows are looked at first.

    In haste `newest` is not wanted, and many hits are any.
    """
    # What several frequent words have together takes the index long, and is asked only once.
    is_newest = not is_hasty and " " in search_key(text)
    return _mending(rows, text, partial(_surely_many_or_counted, is_newest=is_newest))


def _mending(rows: "RecordQuerySet", text: str, found_in: Callable[..., Reading]) -> Reading:
    found = found_in(rows, text)
    if found.count or not (instead := mended(rows.model, text)):
        return found
    again = found_in(rows, instead)
    return replace(again, instead=instead if again.count else "")


def _surely_many_or_counted(rows: "RecordQuerySet", text: str, *, is_newest: bool) -> Reading:
    """Of frequent words the index tells every hit, in a time that grows with them: these are told
    by rows that are taken by chance."""
    by_chance, size = _looked_at(rows, text, BY_CHANCE), _size(rows)
    if len(by_chance) >= _surely_many(size):
        exact = rows.filter(search=containing(text))
        many = Reading(exact, FEW_HITS, True, hits=by_chance, each=size / LOOKED_AT)
    else:
        many = _containing(rows, text, is_newest=is_newest)
    if not many.is_floor or many.sure:
        return many
    late = _looked_at(rows, text, NEWEST_FIRST)
    hits = tuple(sorted({*late, *many.hits}, reverse=True))
    return replace(many, hits=hits, sure=len(late))


def _size(rows: "RecordQuerySet") -> int:
    """Incidents in the record."""
    heads = apps.get_model("incidents", "RecordHead")._default_manager.using(rows.db)
    return heads.values_list("listed", flat=True).first() or 0


def _surely_many(size: int) -> float:
    """So many hits among rows taken by chance say that there are more than a few in the record.

    Eight standard deviations above what a few would show: no text in 10¹² does so by chance.
    """
    expected = LOOKED_AT * FEW_HITS / max(size, 1)
    return expected + 8 * math.sqrt(expected) + 8


def _looked_at(rows: "RecordQuerySet", text: str, order: Sequence[str]) -> tuple[Key, ...]:
    """Those of the first rows in this order that contain the words, the newest first."""
    seen = rows.order_by(*order).annotate(is_hit=Q(search=containing(text)))
    found = seen.values_list("date_start", "public_id", "seq", "is_hit")[:LOOKED_AT]
    return tuple(sorted((tuple(key) for *key, is_hit in found if is_hit), reverse=True))


def _containing(rows: "RecordQuerySet", text: str, *, is_newest: bool = False) -> Reading:
    """Few hits are named outright: the planner cannot tell a rare word from a common one, and
    would walk a million rows by date in search of a rare one."""
    exact = rows.filter(search=containing(text))
    hits = _found(exact, FEW_HITS + 1, is_newest=is_newest)
    if len(hits) > FEW_HITS:
        sure = len(hits) if is_newest else 0
        return Reading(exact, FEW_HITS, is_floor=True, hits=hits, sure=sure)
    named = rows.filter(seq__in=[seq for *_key, seq in hits]) if hits else rows.none()
    return Reading(named, len(hits), hits=hits, sure=len(hits))


def _found(rows: "RecordQuerySet", most: int, *, is_newest: bool = False) -> tuple[Key, ...]:
    """Up to `most` rows that contain some words, any of them or the newest; these come first.

    They are found by the index of words: along any other every text would be taken apart.
    """
    ordered = rows.order_by(*NEWEST_FIRST if is_newest else ())
    with planned(connections[rows.db], FOLLOW_BOTH):
        found = list(ordered.values_list("date_start", "public_id", "seq")[:most])
    return tuple(sorted(found, reverse=True))


def mended(record: Any, text: str) -> str:
    """`text` with each misspelt word replaced by the likest one that the record has, or ""."""
    current = record._default_manager.current()
    wanted = LEFT_OUT.sub(" ", text)
    words = list(dict.fromkeys(WORD.findall(wanted)))[:MOST_MENDED]
    are_said = set(_said(current, words))
    replaced: dict[str, str] = {}
    for word in words:
        if word in are_said:
            continue
        right = next(_said(current, _alike(word)), "")
        if not right:
            return ""
        replaced[word] = right
    return WORD.sub(lambda match: replaced.get(match[0], match[0]), wanted) if replaced else ""


def _said(rows: "RecordQuerySet", words: list[str]) -> Iterator[str]:
    """Those of the words that some row has, in their order."""
    queries = {f"says_{n}": Q(search=containing(word)) for n, word in enumerate(words)}
    by_chance = rows.order_by(*BY_CHANCE).annotate(**queries)[:LOOKED_AT]
    found = by_chance.aggregate(**{f"found_{name}": BoolOr(name) for name in queries})
    for word, (name, query) in zip(words, queries.items(), strict=True):
        if found[f"found_{name}"] or _found(rows.filter(query), 1):
            yield word


def _alike(word: str) -> list[str]:
    """Words of the record that are spelt much like `word`, the likest first."""
    key = search_key(word)
    rows = apps.get_model("incidents", "RecordWord")._default_manager
    near = rows.filter(word__trigram_similar=key).annotate(near=TrigramSimilarity("word", key))
    words = near.order_by("-near", "word").values_list("word", flat=True)[:CANDIDATES]
    scored = sorted(((fuzz.ratio(key, other), other) for other in words), reverse=True)
    return [other for score, other in scored if score >= LIKE_ENOUGH][:TRIED]
