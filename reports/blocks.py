"""What a section of a report is made of. Every form of a report is written from these blocks alone.

A section is `{"name", "title", "blocks", "data"}`: blocks for readers, data for scripts and for
later sections. Sentences are those of `reports.sentences`: some of their
pieces open rows (`query`) or a page of Vigil (`path`). A cell is `{"text"}` and, as far as it
applies, `value` (number, date, or the harm as numbers), `key` and `query` (a figure of the ledger),
`path` (a page of Vigil), `note` (what is missing). Blocks:

prose     `sentences`: paragraphs, each a sentence or several
items     `sentences`: a list; `ordered`
boxes     `boxes`: key figures, each `label`, `cell`
facts     `facts`: pairs of `label`, `sentence`
table     `key`, `title`, `columns` (`name`, `label`, `kind`), `rows` of cells, `note`
picture   `key`, `title`, `alt`, `table` (key of the table with the same numbers), `checksum`
notes     `notes`: numbered sources, each `number`, `sentence`, `url`
"""

from collections.abc import Iterable, Sequence
from typing import Any

from reports.sentences import Sentence

Block = dict[str, Any]
Cell = dict[str, Any]
Section = dict[str, Any]

# What a column holds: decides its alignment, and how many columns of a CSV it becomes.
KINDS = ("text", "count", "harm", "percent", "change", "date")


def section(name: str, title: str, /, *blocks: Block | None, **data: Any) -> Section:
    """A section; blocks that are None are left out."""
    return {"name": name, "title": title, "blocks": [b for b in blocks if b], "data": data}


def prose(*sentences: Sentence) -> Block | None:
    """Paragraphs; None without any."""
    return {"kind": "prose", "sentences": list(sentences)} if sentences else None


def items(sentences: Iterable[Sentence], *, ordered: bool = False) -> Block | None:
    """A list; None where it is empty."""
    several = list(sentences)
    return {"kind": "items", "sentences": several, "ordered": ordered} if several else None


def boxes(*pairs: tuple[str, Cell]) -> Block:
    """Key figures, each with its label."""
    return {"kind": "boxes", "boxes": [{"label": label, "cell": cell} for label, cell in pairs]}


def facts(*pairs: tuple[str, Sentence]) -> Block:
    """Names and what they stand for."""
    told = [{"label": label, "sentence": sentence} for label, sentence in pairs]
    return {"kind": "facts", "facts": told}


def column(name: str, label: str, kind: str = "text") -> dict[str, str]:
    """A column: `name` is that of the CSV. Raises ValueError for a kind that is not in KINDS."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of column: {', '.join(KINDS)}.")
    return {"name": name, "label": label, "kind": kind}


def table(
    key: str,
    title: str,
    columns: Sequence[dict[str, str]],
    rows: Iterable[Sequence[Cell]],
    *,
    note: str = "",
) -> Block | None:
    """A table; None without rows. `key` names its CSV and is unique in the report."""
    filled = [list(row) for row in rows]
    if not filled:
        return None
    return {
        "kind": "table",
        "key": key,
        "title": title,
        "columns": list(columns),
        "rows": filled,
        "note": note,
    }


def text(said: str, /, **more: Any) -> Cell:
    """A cell that says something: `path` makes it a link to a page of Vigil."""
    return {"text": said} | more


def notes(entries: Iterable[tuple[int, Sentence, str]]) -> Block | None:
    """Numbered sources: number, what is said of it, address (empty if none)."""
    told = [{"number": n, "sentence": said, "url": url} for n, said, url in entries]
    return {"kind": "notes", "notes": told} if told else None
