"""Sentences whose numbers can be opened: a list of pieces, some with the query of their rows.

A piece is `{"text": …}`, or `{"text": …, "key": …, "query": …}` where it opens the rows behind it,
or `{"text": …, "path": …}` where it opens a page of Vigil.
Every form of a report (page, PDF, DOCX, mail, text) is written from the same pieces.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Piece = dict[str, str]
Sentence = list[Piece]
Value = str | Mapping[str, Any]

PIECE = ("text", "key", "query", "path")
PLACE = re.compile(r"%\((\w+)\)s")


def linked(figure: Mapping[str, Any], text: str) -> Piece:
    """A piece that says `text` and opens the rows behind a figure of the ledger."""
    return {"text": text, "key": figure["key"], "query": figure["query"]}


def paged(text: str, path: str) -> Piece:
    """A piece that says `text` and opens a page of Vigil, "/incidents/…"."""
    return {"text": text, "path": path}


def cited(number: int, grade: str | None) -> Piece:
    """ "[1, B2]": leads to the source of that number in the notes of the same section."""
    text = f"[{number}, {grade}]" if grade else f"[{number}]"
    return paged(text, f"#source-{number}")


def told(template: str, **values: Value) -> Sentence:
    """A sentence of a translated template: `told(_("%(n)s attacks"), n=linked(figure, "six"))`.

    A value is a text or a piece. Raises KeyError for a place without a value.
    """
    pieces: Sentence = []
    end = 0
    for place in PLACE.finditer(template):
        _add(pieces, template[end : place.start()])
        value = values[place[1]]
        if isinstance(value, str):
            _add(pieces, value)
        else:
            pieces.append({name: str(value[name]) for name in PIECE if name in value})
        end = place.end()
    _add(pieces, template[end:])
    return pieces


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """Several sentences as one, a space between."""
    whole: Sentence = []
    for sentence in sentences:
        if whole and sentence:
            _add(whole, " ")
        for piece in sentence:
            if _opens(piece):
                whole.append(piece)
            else:
                _add(whole, piece["text"])
    return whole


def plain(sentence: Iterable[Piece]) -> str:
    """Without the links."""
    return "".join(piece["text"] for piece in sentence)


def _opens(piece: Piece) -> bool:
    return "query" in piece or "path" in piece


def _add(pieces: Sentence, text: str) -> None:
    text = text.replace("%%", "%")
    if not text:
        return
    if pieces and not _opens(pieces[-1]):
        pieces[-1] = {"text": pieces[-1]["text"] + text}
    else:
        pieces.append({"text": text})
