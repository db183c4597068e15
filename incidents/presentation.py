"""How the explorer shows an answer: parameters of the address that narrow nothing.

    presentation = Presentation({"stack": "group"})
    presentation.options.stack         "group"
    presentation.options.interval      None: the timeline chooses
    presentation.asked                 {"stack": "group"}: what was asked, as text

The page draws the controls of every panel from these vocabularies; a panel only reads `Options`.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.parameters import BooleanField, ChoiceField, ParameterField, TermsField, shown
from core.questions import NoRows, Parameter, Question
from incidents.choices import Dataset

VIEWS = ("all", "timeline", "map", "list")
INTERVALS = ("day", "week", "month", "quarter", "year")
STACKS = ("none", "group", "type", "actor", "country", "dataset")
LANES = ("none", "actor", "country")
LAYERS = ("clusters", "countries", "areas")
MEASURES = ("incidents", "killed", "change")
# What a change is measured against: as many days before, or the same days a year before.
BASELINES = ("before", "year")
COLUMNS = (
    "type", "place", "actors", "killed", "wounded", "abducted", "displaced", "targets", "weapons",
    "attribution", "campaigns", "sources", "dataset",
)  # fmt: skip
DEFAULT_COLUMNS = ("place", "actors", "killed", "sources")


@dataclass(frozen=True)
class Options:
    """What was chosen of the presentation, defaults filled in.

    `interval` None lets the timeline choose, `drawn` None the map its data set; `opened` is the
    public id in the side panel.
    """

    view: str = "all"
    interval: str | None = None
    stack: str = "none"
    lanes: str = "none"
    layer: str = "clusters"
    measure: str = "incidents"
    baseline: str = "before"
    drawn: str | None = None
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    by_day: bool = False
    opened: str | None = None

    def shows(self, panel: str) -> bool:
        """Whether `timeline`, `map` or `list` is on the page."""
        return self.view in ("all", panel)


class PublicIdField(ParameterField):
    """The public id of one incident."""

    schema = {"type": "string", "pattern": "^[0-9A-Z]{10}$"}

    def read(self, text: str) -> str:
        if not re.fullmatch(r"[0-9A-Za-z]{10}", text, re.ASCII):
            raise ValidationError(
                _("%(value)s is not the id of an incident: ids have ten letters and digits.")
                % {"value": shown(text)}
            )
        return text.upper()


class Presentation(Question):
    """The presentation parameters of the explorer."""

    view = Parameter(
        ChoiceField(words=VIEWS, help_text=gettext_lazy("One panel in full width, or all."))
    )
    interval = Parameter(
        ChoiceField(words=INTERVALS, help_text=gettext_lazy("Length of a period."))
    )
    stack = Parameter(
        ChoiceField(words=STACKS, help_text=gettext_lazy("What the bars are divided by."))
    )
    lanes = Parameter(
        ChoiceField(words=LANES, help_text=gettext_lazy("A lane of incidents for each of these."))
    )
    layer = Parameter(ChoiceField(words=LAYERS, help_text=gettext_lazy("What the map shows.")))
    measure = Parameter(
        ChoiceField(words=MEASURES, help_text=gettext_lazy("What the map's colours say."))
    )
    baseline = Parameter(
        ChoiceField(words=BASELINES, help_text=gettext_lazy("What a change is measured against."))
    )
    drawn = Parameter(
        ChoiceField(
            words=Dataset.values,
            help_text=gettext_lazy("The data set on the map, where the answer holds several."),
        )
    )
    columns = Parameter(
        TermsField(known=COLUMNS, help_text=gettext_lazy("Columns of the list, in their order."))
    )
    by_day = Parameter(BooleanField(help_text=gettext_lazy("The list grouped by day.")))
    open = Parameter(PublicIdField(help_text=gettext_lazy("The incident beside the list.")))

    def start(self) -> Any:
        return NoRows()

    @property
    def options(self) -> Options:
        """What was chosen. Raises ParametersRefused."""
        chosen = dict(self.cleaned)
        if "open" in chosen:
            chosen["opened"] = chosen.pop("open")
        if "columns" in chosen:
            chosen["columns"] = tuple(chosen["columns"])
        return Options(**chosen)
