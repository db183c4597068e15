"""Find in a text what could lead to a person or a precise spot, before it is published.

Telephone numbers, e-mail addresses, coordinates. Dates, counts and periods are none of them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PrivateDetail:
    """What was found in a text, and what kind of detail it is."""

    kind: str | Promise
    found: str


EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
COORDINATES = re.compile(
    r"""
    -?\d{1,3}\.\d{3,}\s*[,;/\s]\s*-?\d{1,3}\.\d{3,}      # 12.745, -8.071
    | -?\d{1,3},\d{4,}\s*[;/\s]\s*-?\d{1,3},\d{4,}       # 12,7450 ; -8,0710
    | \d{1,3}\s?°\s?\d[^\n]{0,30}?[NSEWO]\b              # 12°44′42″N
    | \d{1,3}[.,]\d{2,}\s?°?\s?[NSEWO]\b                 # 12.745 N
    | \b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{4,5}\s?\d{4,5}\b  # 29PPQ1234567890
    """,
    re.VERBOSE,
)
TELEPHONE = re.compile(
    r"""
    (?<![\d.,])(?:
        (?:\+|00)\d[\d\s().-]{6,16}\d                    # +223 76 12 34 56
        | \d{2}(?:[\s.-]\d{2}){3,4}(?![\s.,-]?\d)        # 76 12 34 56
        | 0\d{2,3}[\s.-]\d{3}[\s.-]?\d{3,4}              # 0803 123 4567
        | \d{8,15}                                       # 76123456
    )(?![\d.,]\d)
    """,
    re.VERBOSE,
)


def private_details(text: str) -> list[PrivateDetail]:
    """Everything of that kind in `text`, each once, in the order of the text."""
    found = {detail.found: detail for _start, detail in sorted(_all(text), key=lambda p: p[0])}
    return list(found.values())


def _all(text: str) -> Iterator[tuple[int, PrivateDetail]]:
    for pattern, kind in (
        (EMAIL, _("an e-mail address")),
        (COORDINATES, _("coordinates")),
        (TELEPHONE, _("a telephone number")),
    ):
        for match in pattern.finditer(text):
            if pattern is not TELEPHONE or not _is_day(match[0]):
                yield match.start(), PrivateDetail(kind, match[0].strip())


def _is_day(text: str) -> bool:
    """Whether eight digits are a day, such as 20220721."""
    try:
        return bool(re.fullmatch(r"(19|20)\d{6}", text) and dt.datetime.strptime(text, "%Y%m%d"))
    except ValueError:
        return False
