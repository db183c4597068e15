"""Build a report: the same schedule, period, edition and record tip give the same bytes.

Nothing here reads a clock. The checksum is the SHA-256 of the content as canonical JSON.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from reports import context, listings, sections, wording
from reports.figures import Issue, Item, Ledger

Section = Callable[[Issue, Ledger], Any]

# In this order: later sections may read earlier ones from the ledger.
SECTIONS: tuple[tuple[str, Section], ...] = (
    ("header", wording.header),
    ("totals", sections.totals),
    ("comparison", sections.comparison),
    ("trend", sections.trend),
    ("countries", sections.countries),
    ("actors", sections.actors),
    ("attributions", sections.attributions),
    ("targets", sections.targets),
    ("weapons", sections.weapons),
    ("types", sections.types),
    ("notable", listings.notable),
    ("incidents", listings.listing),
    ("conditions", context.conditions),
    ("waves", context.waves),
    ("abductions", sections.abductions),
    ("changes", context.changes),
    ("corrections", listings.corrections),
    ("summary", wording.summary),
    ("notes", wording.notes),
    ("method", wording.method),
)


@dataclass(frozen=True)
class Draft:
    """A finished report that is not published yet."""

    title: str
    content: dict[str, Any]
    items: list[Item]
    checksum: str


def canonical(content: dict[str, Any]) -> bytes:
    """The content as the bytes that are served and checksummed: sorted keys, UTF-8, no spaces."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def checksum(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def build(issue: Issue, *, after_section: Callable[[int, int], None] | None = None) -> Draft:
    """Write every section in the schedule's language.

    `after_section(done, total)` is called as the work goes on; what it raises stops the work.
    """
    ledger = Ledger()
    with translation.override(issue.schedule.language):
        for done, (name, section) in enumerate(SECTIONS, 1):
            ledger.content[name] = section(issue, ledger)
            if after_section is not None:
                after_section(done, len(SECTIONS))
    content = ledger.content
    return Draft(content["header"]["title"], content, ledger.items, checksum(content))
