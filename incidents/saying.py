"""How words that readers type are read against the record; misspelt ones are mended.

A word that no incident has is misspelt, if the record has another that is spelt much alike. What
the record says decides, never what is left of it by other parameters of a question: "Tombouctou"
is a right word in Kenya, where nothing is found for it.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connections
from rapidfuzz import fuzz

from core.names import search_key
from core.planning import following_the_index
from core.text import LEFT_OUT, containing

if TYPE_CHECKING:
    from incidents.querysets import RecordQuerySet

FEW_HITS = 2000
LIKE_ENOUGH = 70
MOST_MENDED = 6
CANDIDATES = 20
TRIED = 5
ENOUGH = 100
WORD = re.compile(r"[^\W\d_]{4,40}")


@dataclass(frozen=True)
class Reading:
    """The rows that contain the words; how many; the words taken instead of misspelt ones."""

    rows: "RecordQuerySet"
    count: int
    is_floor: bool = False
    instead: str = ""


def read(rows: "RecordQuerySet", text: str) -> Reading:
    """The rows that contain `text`, or what it is misspelt for."""
    found = _containing(rows, text)
    if found.count or not (instead := mended(rows.model, text)):
        return found
    again = _containing(rows, instead)
    return Reading(again.rows, again.count, again.is_floor, instead if again.count else "")


def _containing(rows: "RecordQuerySet", text: str) -> Reading:
    """Few hits are named outright: the planner cannot tell a rare word from a common one, and
    would walk a million rows by date in search of a rare one."""
    exact = rows.filter(search=containing(text))
    hits = some(exact, FEW_HITS + 1)
    if len(hits) > FEW_HITS:
        return Reading(exact, FEW_HITS, is_floor=True)
    return Reading(rows.filter(seq__in=hits) if hits else rows.none(), len(hits))


def some(rows: "RecordQuerySet", most: int) -> list[int]:
    """`seq` of up to `most` rows, in no order, found by the index of words."""
    with following_the_index(connections[rows.db]):
        return list(rows.order_by().values_list("seq", flat=True)[:most])


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
