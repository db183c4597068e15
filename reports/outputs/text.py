"""A report in plain words, as mails carry it: no line is longer than a mail may show."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core import prose
from reports.blocks import Block, Cell
from reports.outputs.document import Document
from reports.sentences import plain

WIDTH = 76


def text(document: Document) -> str:
    """Title, facts, sections, citation."""
    with translation.override(document.language):
        lines = [document.title, "=" * min(len(document.title), WIDTH), "", document.said]
        lines += _facts({"facts": document.facts})
        if document.address:
            lines += ["", document.address]
        for paragraph in document.lead:
            lines += ["", *wrapped(paragraph)]
        if document.lead:
            lines += [f"({_('Written by analysts')})"]
        for section in document.sections:
            lines += ["", "", section["title"], "-" * min(len(section["title"]), WIDTH)]
            for block in section["blocks"]:
                lines += ["", *WRITERS[block["kind"]](block)]
        lines += ["", "", *wrapped(str(document.content["cite_as"])), document.content["licence"]]
        lines += [f"SHA-256 {document.checksum}"]
    return "\n".join(lines).replace("\n\n\n\n", "\n\n\n") + "\n"


def wrapped(said: str, first: str = "", following: str | None = None) -> list[str]:
    """A paragraph in lines, the first one after `first`."""
    after = " " * len(first) if following is None else following
    return textwrap.wrap(
        said, WIDTH, initial_indent=first, subsequent_indent=after,
        break_long_words=False, break_on_hyphens=False,
    ) or [first.rstrip()]  # fmt: skip


def said(cell: Cell) -> str:
    """A cell with what it leaves out in brackets."""
    return f"{cell['text']} ({cell['note']})" if cell.get("note") else str(cell["text"])


def _apart(several: Iterable[list[str]]) -> list[str]:
    """Paragraphs with an empty line between."""
    lines: list[str] = []
    for one in several:
        lines += [*([""] if lines else []), *one]
    return lines


def _prose(block: Block) -> list[str]:
    return _apart(wrapped(plain(sentence)) for sentence in block["sentences"])


def _items(block: Block) -> list[str]:
    marks = (
        f"{n}. " if block.get("ordered") else "- " for n in range(1, len(block["sentences"]) + 1)
    )
    return [
        line
        for mark, sentence in zip(marks, block["sentences"], strict=True)
        for line in wrapped(plain(sentence), mark)
    ]


def _boxes(block: Block) -> list[str]:
    return [
        line
        for box in block["boxes"]
        for line in wrapped(prose.labelled(box["label"], said(box["cell"])), following="    ")
    ]


def _facts(block: Mapping[str, Any]) -> list[str]:
    return [
        line
        for fact in block["facts"]
        for line in wrapped(
            prose.labelled(fact["label"], plain(fact["sentence"])), following="    "
        )
    ]


def _table(block: Block) -> list[str]:
    """A line for each row, every cell after the name of its column."""
    return [block["title"], *_rows(block), *(wrapped(block["note"]) if block["note"] else [])]


def _rows(block: Block) -> Iterator[str]:
    _first, *others = block["columns"]
    for name, *cells in block["rows"]:
        pairs = zip(others, cells, strict=True)
        told = [
            prose.labelled(column["label"], said(cell)) for column, cell in pairs if cell["text"]
        ]
        yield from wrapped(f"{said(name)}. {prose.listed(told)}", "- ")


def _picture(block: Block) -> list[str]:
    return wrapped(prose.labelled(_("Picture"), f"{block['title']}. {block['alt']}"))


def _notes(block: Block) -> list[str]:
    lines = [prose.labelled(_("Sources"), "").rstrip()]
    for note in block["notes"]:
        lines += wrapped(plain(note["sentence"]), f"[{note['number']}] ")
        lines += [f"    {note['url']}"] if note["url"] else []
    return lines


def _takeaways(block: Block) -> list[str]:
    told = [f"({_('Written by analysts')})", ""]
    for one in block["takeaways"]:
        told += wrapped(one["judgement"], "* ")
        for part in (one["evidence"], one["words"]):
            told += wrapped(part, "  ") if part else []
    return told


def _remark(block: Block) -> list[str]:
    return [*_apart(wrapped(one) for one in block["paragraphs"]), f"({_('Written by analysts')})"]


WRITERS: dict[str, Callable[[Block], list[str]]] = {
    "prose": _prose,
    "items": _items,
    "boxes": _boxes,
    "facts": _facts,
    "table": _table,
    "picture": _picture,
    "notes": _notes,
    "takeaways": _takeaways,
    "remark": _remark,
}
