"""What the figures of a report are called: their row and column, or the words around them."""

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 140


def figure_names(content: Mapping[str, Any], items: list[dict[str, Any]]) -> dict[str, str]:
    """Key -> "Key figures, people killed: 35", in the order in which they were counted."""
    cells: dict[str, str] = {}
    places: dict[str, tuple[str, str]] = {}
    for section in content["sections"]:
        for block in section["blocks"]:
            for key, name in _of_block(block):
                cells.setdefault(key, name)
            for key, text in _said(block):
                places.setdefault(key, (section["title"], text))
    return {
        item["key"]: (cells.get(item["key"]) or _of_item(item, *places.get(item["key"], ())))[
            :LONGEST
        ]
        for item in items
    }


def choice(key: str, name: str) -> str:
    """The text that means a figure and no other, as an editor chooses it."""
    return f"{name} [{key}]"


def chosen(text: str, names: Mapping[str, str]) -> str:
    """The key that a chosen or typed text means; the text itself where it means none."""
    said = text.strip()
    key = said.rpartition("[")[2].removesuffix("]").strip() if said.endswith("]") else said
    if key in names:
        return key
    return next((known for known, name in names.items() if name == said), said)


def _of_block(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Figures with a label of their own: boxes, and cells of tables."""
    for box in block.get("boxes", ()):
        yield from _of_cell(box["cell"], box["label"])
    for row in block.get("rows", ()):
        head = row[0]["text"] if row else ""
        for column, cell in zip(block["columns"], row, strict=False):
            yield from _of_cell(cell, f"{block['title']}, {head}, {column['label']}")


def _of_cell(cell: Mapping[str, Any], label: str) -> Iterator[tuple[str, str]]:
    if "key" in cell:
        yield cell["key"], f"{label}: {cell['text']}"


def _said(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Figures within sentences, as they are said."""
    sentences = [
        *block.get("sentences", ()),
        *(fact["sentence"] for fact in block.get("facts", ())),
    ]
    for sentence in sentences:
        for piece in sentence:
            if "key" in piece:
                yield piece["key"], piece["text"]


def _of_item(item: Mapping[str, Any], title: str = "", said: str = "") -> str:
    figure = item["figure"]
    value = said or figure.get("short") or figure.get("text") or figure.get("count", "")
    label = ", ".join(filter(None, (title, figure.get("label") or item["key"])))
    return f"{label}: {value}"
