"""What the gallery of components shows: its question, and samples that need more than words."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import prose
from core.parameters import ChoiceField
from core.questions import NoRows, Parameter, Question
from core.timeline import Axis, Span

DIRECTIONS = ("ltr", "rtl")
DATES = [
    ("2022-07-21", "2022-07-21", "day", False),
    ("2013-09-21", "2013-09-24", "day", True),
    ("2025-10-28", "2025-10-29", "day_range", False),
    ("2025-10-21", "2025-10-31", "day_range", False),
    ("2025-10-01", "2025-10-31", "month", False),
    ("2017-01-01", "2017-12-31", "year", False),
]
BADGES = ["confirmed", "probable", "suspected", "disputed", "accused", "claim", "caution"]
SPANS = [
    Span(dt.date(1975, 5, 28), dt.date(2025, 1, 28), "member"),
    Span(dt.date(2010, 2, 1), dt.date(2011, 3, 1), "suspended"),
]


class GalleryQuestion(Question):
    """In which direction the gallery is read."""

    dir = Parameter(
        ChoiceField(words=DIRECTIONS, help_text=_("rtl: as for a language written from the right."))
    )

    def start(self) -> Any:
        return NoRows()

    @property
    def direction(self) -> str:
        """Empty where the reader's language decides."""
        return str(self.cleaned.get("dir", ""))

    @property
    def day(self) -> dt.date:
        """The day that the sample of a dated page shows."""
        return prose.today()


def samples() -> dict[str, Any]:
    """Dates of every precision, every badge, periods on an axis, and a refusal."""
    axis = Axis.around(SPANS, dt.date(2025, 12, 31))
    return {
        "samples": DATES,
        "badges": BADGES,
        "axis": axis,
        "bars": [axis.bar(span) for span in SPANS],
        "on": axis.x(dt.date(2020, 6, 1)),
        "directions": [(word, word) for word in DIRECTIONS],
        "refusals": GalleryQuestion({"dir": "up"}).refusals,
    }
