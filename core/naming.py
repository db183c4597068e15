"""How well a name answers the words of a reader: spelling, accents and script are forgiven.

Keys are names folded by `core.names.search_key`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from core.names import search_key
from core.text import Marked

# A likeness below this is chance: "benin" and "benign" are 0.73, "mali" and "malawi" 0.64.
LEAST = 0.58
# "bokoharam" or "al shabaab": the very name but for its spaces.
JOINED = 0.98
# One misspelt name among other words: "attaques tombouktou".
MISSPELT, SHORTEST_MISSPELT = 0.82, 5
WORD = re.compile(r"[\w'’ʿʾ‘`´]+")
_key = lru_cache(maxsize=20_000)(search_key)


@dataclass(frozen=True)
class Match:
    """The name that answers best, and how well: 1 for the very name, 0 for another."""

    name: str
    score: float


def best(key: str, names: Iterable[str]) -> Match | None:
    """The name that answers `key` best, the first of equals; None where none does."""
    found = [Match(name, likeness(key, _key(name))) for name in names if name]
    top = max(found, key=lambda match: match.score, default=None)
    return top if top and top.score >= LEAST else None


@lru_cache(maxsize=50_000)
def likeness(key: str, name: str) -> float:
    """From 0 to 1: the very name, its beginning, a word in it, the name among the words, a typo."""
    if not key or not name:
        return 0.0
    if key == name:
        return 1.0
    if key.replace(" ", "") == name.replace(" ", ""):
        return JOINED
    # Of two names that begin alike the shorter one is meant more surely.
    brevity = 0.04 * len(key) / max(len(name), len(key))
    if name.startswith(key):
        return 0.93 + brevity
    if f" {key}" in f" {name}":
        return 0.87 + brevity
    if len(name) > 2 and f" {name} " in f" {key} ":
        return 0.82 + 0.04 * len(name) / len(key)
    if len(key) > 2 and key in name:
        return 0.74 + brevity
    alike = max(fuzz.ratio(key, window) for window in _windows(key, name)) / 100
    return max(0.78 * alike + brevity / 2, _misspelt_among(key, name))


def _misspelt_among(key: str, name: str) -> float:
    """Less than any name that was surely meant; 0 where no run of the words is much like it."""
    if len(name) < SHORTEST_MISSPELT or len(key.split()) <= len(name.split()):
        return 0.0
    alike = max(fuzz.ratio(name, run) for run in _windows(name, key)) / 100
    return 0.72 * alike if alike >= MISSPELT else 0.0


def _windows(key: str, name: str) -> Iterator[str]:
    """The name, and every run of about as many words as the key has."""
    words, length = name.split(), len(key.split())
    yield name
    for size in {max(length - 1, 1), length, length + 1}:
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def marked(text: str, key: str) -> Marked:
    """`text` in pieces, each with whether it is one of the words that were looked for."""
    wanted = key.split()
    pieces: Marked = []
    end = 0
    for word in WORD.finditer(text):
        if any(_answers(one, _key(word[0])) for one in wanted):
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    pieces.append((text[end:], False))
    return [(piece, is_match) for piece, is_match in pieces if piece]


def _answers(wanted: str, word: str) -> bool:
    if not word:
        return False
    if len(wanted) < 3:
        return word == wanted
    return wanted in word or fuzz.ratio(wanted, word) >= 72
