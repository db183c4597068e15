"""How words that readers type are read against the record; misspelt ones are mended.

A word that no incident has is misspelt, if the record has another that is spelt much alike. What
the record says decides, never what is left of it by other parameters of a question: "Tombouctou"
is a right word in Kenya, where nothing is found for it.
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connections
from rapidfuzz import fuzz

from core.names import search_key
from core.planning import FOLLOW_BOTH, READ_IN_ORDER, following_the_index, planned
from core.text import LEFT_OUT, containing

if TYPE_CHECKING:
    from incidents.querysets import RecordQuerySet

FEW_HITS = 2000
LIKE_ENOUGH = 70
MOST_MENDED = 6
CANDIDATES = 20
TRIED = 5
ENOUGH = 100
NEWEST_FIRST = ("-date_start", "-public_id")
# So many of the newest rows are looked at for frequent words; for less frequent ones so many more.
SPANS = (2_000, 64_000)
WORD = re.compile(r"[^\W\d_]{4,40}")


@dataclass(frozen=True)
class Reading:
    """The rows that contain the words; how many; the words taken instead of misspelt ones."""

    rows: "RecordQuerySet"
    count: int
    is_floor: bool = False
    instead: str = ""
    # `seq` of those rows, the newest first; some of them where there are more than `count`.
    seqs: tuple[int, ...] = ()


def read(rows: "RecordQuerySet", text: str) -> Reading:
    """The rows that contain `text`, or what it is misspelt for."""
    found = _containing(rows, text)
    if found.count or not (instead := mended(rows.model, text)):
        return found
    again = _containing(rows, instead)
    return replace(again, instead=instead if again.count else "")


def _containing(rows: "RecordQuerySet", text: str) -> Reading:
    """Few hits are named outright: the planner cannot tell a rare word from a common one, and
    would walk a million rows by date in search of a rare one."""
    exact = rows.filter(search=containing(text))
    hits = some(exact, FEW_HITS + 1)
    if len(hits) > FEW_HITS:
        return Reading(exact, FEW_HITS, is_floor=True, seqs=hits)
    return Reading(rows.filter(seq__in=hits) if hits else rows.none(), len(hits), seqs=hits)


def some(rows: "RecordQuerySet", most: int) -> tuple[int, ...]:
    """`seq` of up to `most` rows, found by the index of words: any of them, the newest first."""
    with following_the_index(connections[rows.db]):
        found = list(rows.order_by().values_list("date_start", "public_id", "seq")[:most])
    return tuple(seq for *_key, seq in sorted(found, reverse=True))


def newest(rows: "RecordQuerySet", text: str, most: int, *, is_hasty: bool = False) -> list[int]:
    """`seq` of the newest `most` rows that contain `text`, where thousands do.

    In the last days of the record every row is looked at: what is frequent is there. Before them
    the indexes of words and of dates together lead to the hits, in as short a time as has enough.
    In haste only the last days are looked at, and fewer may be found.
    """
    wanted = rows.filter(search=containing(text)).order_by(*NEWEST_FIRST)
    for rank in SPANS[:1] if is_hasty else (*SPANS, None):
        since = _day_of(rows, rank)
        within = wanted if since is None else wanted.filter(date_start__gte=since)
        settings = READ_IN_ORDER if rank == SPANS[0] and since else FOLLOW_BOTH
        with planned(connections[rows.db], settings):
            found = list(within.values_list("seq", flat=True)[:most])
        if len(found) == most or since is None:
            break
    return found


def _day_of(rows: "RecordQuerySet", rank: int | None) -> Any:
    """The day of the row that has so many newer ones; None where there are not so many."""
    if rank is None:
        return None
    days = rows.order_by(*NEWEST_FIRST).values_list("date_start", flat=True)
    return days[rank : rank + 1].first()


def mended(record: Any, text: str) -> str:
    """`text` with each misspelt word replaced by the likest one that the record has, or ""."""
    current = record._default_manager.current()
    wanted = LEFT_OUT.sub(" ", text)
    replaced: dict[str, str] = {}
    for word in list(dict.fromkeys(WORD.findall(wanted)))[:MOST_MENDED]:
        if _is_said(current, word):
            continue
        right = next((other for other in _alike(word) if _is_said(current, other)), "")
        if not right:
            return ""
        replaced[word] = right
    return WORD.sub(lambda match: replaced.get(match[0], match[0]), wanted) if replaced else ""


def _is_said(rows: "RecordQuerySet", word: str) -> bool:
    """Whether some row has the word. Asked for one row, the planner would walk the whole table."""
    said = rows.filter(search=containing(word))
    return bool(some(said, ENOUGH))


def _alike(word: str) -> list[str]:
    """Words of the record that are spelt much like `word`, the likest first."""
    key = search_key(word)
    rows = apps.get_model("incidents", "RecordWord")._default_manager
    near = rows.filter(word__trigram_similar=key).annotate(near=TrigramSimilarity("word", key))
    words = near.order_by("-near", "word").values_list("word", flat=True)[:CANDIDATES]
    scored = sorted(((fuzz.ratio(key, other), other) for other in words), reverse=True)
    return [other for score, other in scored if score >= LIKE_ENOUGH][:TRIED]
