"""Build a report: the same schedule, period, edition and record tip give the same bytes.

Nothing here reads a clock. The checksum is the SHA-256 of the content as canonical JSON. A report
is built in steps, one a section; what a step has written is taken up again where it was kept.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from reports.blocks import Section
from reports.figures import Issue, Item, Ledger
from reports.sections import READ_FIRST, SECTIONS


@dataclass(frozen=True)
class Step:
    """What one section has written, as plain JSON: the section, its figures, its drawings."""

    number: int
    name: str
    section: Section
    items: list[dict[str, Any]]
    pictures: dict[str, str]


@dataclass(frozen=True)
class Draft:
    """A finished report that is not published yet."""

    title: str
    content: dict[str, Any]
    items: list[Item]
    pictures: dict[str, str]
    checksum: str


Keep = Callable[[Step, int], None]


def canonical(content: Mapping[str, Any]) -> bytes:
    """The content as the bytes that are served and checksummed: sorted keys, UTF-8, no spaces."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def checksum(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def build(
    issue: Issue, *, kept: Mapping[int, Step] | None = None, keep: Keep | None = None
) -> Draft:
    """Write every section in the schedule's language.

    `kept` holds the steps of an attempt before, by number; they are not written again.
    `keep(step, total)` is called after each new step; what it raises stops the work.
    """
    ledger = Ledger()
    with translation.override(issue.schedule.language):
        for number, (name, writer) in enumerate(SECTIONS, 1):
            step = (kept or {}).get(number)
            if step is None:
                step = _written(number, name, writer(issue, part := _opened(ledger)), part)
                if keep is not None:
                    keep(step, len(SECTIONS))
            _take(ledger, step)
    return finished(ledger)


def finished(ledger: Ledger) -> Draft:
    """The draft of a complete ledger; the head of the document is the data of its first section."""
    first, *others = sorted(ledger.sections, key=_reading)
    head = first["data"]
    content = head | {"sections": [first | {"data": {}}, *others]}
    return Draft(head["title"], content, ledger.items, ledger.pictures, checksum(content))


def _reading(section: Section) -> int:
    """The place of a section among those read first; the others keep the order of writing."""
    name = section["name"]
    return READ_FIRST.index(name) if name in READ_FIRST else len(READ_FIRST)


def _opened(ledger: Ledger) -> Ledger:
    """A ledger that knows the sections so far and collects what the next one writes."""
    return Ledger(sections=ledger.sections)


def _written(number: int, name: str, section: Section, part: Ledger) -> Step:
    """The step as it will be read again: a resumed report has the bytes of an undisturbed one."""
    # `asdict` would copy every version behind every figure.
    items = [vars(item) for item in part.items]
    plain = json.loads(json.dumps({"section": section, "items": items}, ensure_ascii=False))
    return Step(number, name, plain["section"], plain["items"], part.pictures)


def _take(ledger: Ledger, step: Step) -> None:
    ledger.sections.append(step.section)
    ledger.items += [Item(**item) for item in step.items]
    ledger.pictures |= step.pictures
