"""What may be asked of timelines, maps, comparisons and charts, and how they are drawn."""

from django.utils.translation import gettext_lazy

from core.intervals import INTERVALS
from core.parameters import ChoiceField, TermsField, WholeNumberField
from core.questions import Parameter
from incidents.charts.bars import DIVISIONS
from incidents.charts.series import AXES
from incidents.choices import GeoPrecision
from incidents.presentation import STACKS
from incidents.questions import IncidentQuestion


class TimelineFilter(IncidentQuestion):
    """A question, and the length of the periods of its histogram."""

    presentation: tuple[str, ...] = ("interval",)

    interval = Parameter(
        ChoiceField(words=INTERVALS, help_text=gettext_lazy("Length of a period; month if absent."))
    )


class MapFilter(IncidentQuestion):
    """A question, and how close its map is."""

    presentation = ("zoom", "layer")

    zoom = Parameter(
        WholeNumberField(least=0, most=22, help_text=gettext_lazy("Zoom of the map, 0 to 22."))
    )
    layer = Parameter(
        ChoiceField(
            words=("points", "clusters"),
            help_text=gettext_lazy(
                "Each incident, or sums by cell of a grid; what fits the zoom if absent."
            ),
        )
    )


class ComparedFilter(IncidentQuestion):
    """One of the questions of a comparison, and how all of them are drawn."""

    presentation = ("interval", "axis")

    interval = Parameter(
        ChoiceField(
            words=INTERVALS, help_text=gettext_lazy("Length of a period; one that fits if absent.")
        )
    )
    axis = Parameter(
        ChoiceField(
            words=AXES,
            help_text=gettext_lazy(
                "calendar: the same dates stand below one another; start: each question begins at "
                "its own first day. start if absent where the questions have different dates."
            ),
        )
    )


class DrawnFilter(TimelineFilter):
    """A question drawn over time, and by what the drawing is divided."""

    presentation = ("interval", "stack")

    stack = Parameter(
        ChoiceField(words=STACKS, help_text=gettext_lazy("A panel for each of these."))
    )


class BreakdownFilter(IncidentQuestion):
    """A question, and the attribute by which its answer is divided."""

    presentation = ("by",)

    by = Parameter(
        ChoiceField(
            words=DIVISIONS, help_text=gettext_lazy("What to divide by; country if absent.")
        )
    )


class HereQuestion(IncidentQuestion):
    """The incidents behind one mark of the map: in its box, and known as well as the mark says."""

    presentation = ("known",)

    known = Parameter(
        TermsField(
            known=GeoPrecision.values, help_text=gettext_lazy("How precisely the place is known.")
        ),
        "geo_precision",
        "in",
    )
