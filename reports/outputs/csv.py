"""Tables as CSV: a harm is its lowest, best and highest number and what is missing."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from incidents.charts.files import safe
from reports.blocks import Block, Cell
from reports.outputs.document import Document

# Numbers of a harm, in the order of their columns.
HARM = ("low", "best", "high", "is_minimum", "missing")
# ZIP knows no time before this; a fixed one keeps the bytes the same.
EPOCH = (1980, 1, 1, 0, 0, 0)


def table(block: Block) -> bytes:
    """One table, in UTF-8, lines ending as RFC 4180 has them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header(block))
    writer.writerows(rows(block))
    return text.getvalue().encode()


def header(block: Block) -> list[str]:
    """Names of the columns: `killed` becomes `killed_low`, `killed_best` …"""
    names = []
    for column in block["columns"]:
        name = column["name"]
        names += [f"{name}_{part}" for part in HARM] if column["kind"] == "harm" else [name]
    return names


def rows(block: Block) -> Iterator[list[str | int]]:
    """Cells of every row, safe for a spreadsheet."""
    for row in block["rows"]:
        cells: list[Any] = []
        for column, cell in zip(block["columns"], row, strict=True):
            cells += harm(cell) if column["kind"] == "harm" else [plain(cell, column["kind"])]
        yield [safe(value) for value in cells]


def harm(cell: Cell) -> list[Any]:
    """The numbers of a harm, as far as it has them; of a count the count, which is certain."""
    value = cell.get("value")
    if isinstance(value, dict):
        return [value.get(name) for name in HARM]
    if isinstance(value, int):
        return [value, value, value, False, 0]
    return [None] * len(HARM)


def plain(cell: Cell, kind: str) -> Any:
    """The value of a number or date, else the words."""
    value = cell.get("value")
    if kind == "text" or isinstance(value, dict):
        return cell["text"]
    if value is not None:
        # A float would be written to the last bit; nobody knows a share so well.
        return str(round(value, 4)) if isinstance(value, float) else value
    return cell["text"] if kind != "count" else None


def archive(document: Document) -> bytes:
    """Every table of a report, and its text for whoever wonders what they are, as ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archived:
        for key, block in document.tables.items():
            entry = zipfile.ZipInfo(f"{document.name}/{key}.csv", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archived.writestr(entry, table(block))
    return packed.getvalue()
