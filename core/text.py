"""Full-text search in PostgreSQL: accents ignored, words as written and by English and French stem.

The configurations and the functions `vigil_…` come with the migrations of this app.
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Func, TextField

CONFIGS = ("vigil_simple", "vigil_en", "vigil_fr")
# What readers leave out: `-word` or `-"some words"`.
LEFT_OUT = re.compile(r'(?<!\S)-("[^"]*"|\S+)')
# An article that PostgreSQL's list of French stop words lacks.
ARTICLES = re.compile(r"\bles\b", re.IGNORECASE)
# Characters for private use stand around a match: no text holds them, and none becomes markup.
OPEN, CLOSE = "\ue000", "\ue001"
Marked = list[tuple[str, bool]]


class Fold(Func):
    """Lower case without accents."""

    function = "vigil_fold"
    output_field = TextField()


def query_sql(text: str) -> tuple[str, list[str]]:
    """SQL of the `tsquery` for `text` as people write it, and its parameters.

    Words, "a phrase", `or`, and `-word` for without; in any language (`vigil_words`).
    """
    wanted = LEFT_OUT.sub(" ", text)
    left_out = LEFT_OUT.findall(text)
    kept = ARTICLES.sub(" ", wanted) if wanted.split()[1:] else wanted
    return "(vigil_words(%s)" + " && !!vigil_words(%s)" * len(left_out) + ")", [kept, *left_out]


class _Containing(SearchQuery):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._asked = query_sql(text)

    def as_sql(self, *_compilers: Any, **_extra: Any) -> Any:
        return self._asked


def containing(text: str) -> SearchQuery:
    """What `query_sql` asks, as an expression: `rows.filter(search=containing(text))`."""
    return _Containing(text)


def headlines(column: Any, query: Any) -> dict[str, Any]:
    """Annotations `said_<config>`: the whole text with the matches of one language marked."""
    return {
        f"said_{name}": SearchHeadline(
            column, query, config=name, start_sel=OPEN, stop_sel=CLOSE, highlight_all=True
        )
        for name in CONFIGS
    }


def merged(texts: list[str]) -> Marked:
    """One text from its headlines in several languages: what is marked in any is marked."""
    plain = texts[0].replace(OPEN, "").replace(CLOSE, "")
    is_marked = [False] * len(plain)
    for text in texts:
        place, inside = 0, False
        for letter in text:
            if letter in (OPEN, CLOSE):
                inside = letter == OPEN
            else:
                is_marked[place] |= inside
                place += 1
    pieces: Marked = []
    for letter, mark in zip(plain, is_marked, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + letter, mark)
        else:
            pieces.append((letter, mark))
    return pieces


def shortened(pieces: Marked, length: int = 180) -> Marked:
    """About `length` characters around the first match, cut between words."""
    first = next((n for n, piece in enumerate(pieces) if piece[1]), None)
    if first is None:
        return []
    before = "".join(text for text, _ in pieces[:first])
    lead = before[-length // 3 :]
    if len(lead) < len(before):
        lead = "… " + lead.partition(" ")[2]
    kept: Marked = [(lead, False)] if lead else []
    room = length
    for text, mark in pieces[first:]:
        if room <= 0:
            break
        if len(text) > room:
            text = text[:room].rpartition(" ")[0] + " …"
        kept.append((text, mark))
        room -= len(text)
    return kept


def only_matches(pieces: Marked, most: int = 4) -> Marked:
    """The words that matched, each once, without what stands between them."""
    words = list(dict.fromkeys(text for text, is_match in pieces if is_match))[:most]
    between = [(" … ", False), *((word, True) for word in words)]
    return [piece for word in between[1:] for piece in (between[0], word)] if words else []
