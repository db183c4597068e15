"""Single controls: one parameter with its label, its choices, its value and its error."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from incidents import presentation
from incidents.choices import Dataset
from incidents.explorer.asking import Asked
from incidents.filters import ORDERINGS
from incidents.forms import LABELS, ORDER_LABELS, Text

Option = tuple[str, Text | Promise]

DATE_HELP = gettext_lazy("2022, 2022-07 or 2022-07-21")
HELP: dict[str, Text] = {
    "q": gettext_lazy("Title, summary, place or actor, in English or French"),
    "from": DATE_HELP,
    "to": DATE_HELP,
    "as_of": gettext_lazy("A past date: what Vigil said at its end"),
    "near": gettext_lazy("latitude,longitude,km"),
    "bbox": gettext_lazy("west,south,east,north"),
}
PLACEHOLDERS = {
    "from": "2022-07",
    "to": "2022-07-31",
    "near": "12.64,-8.00,100",
    "bbox": "-12.3,10.1,4.3,25.0",
}
KINDS = {
    "q": "search",
    "killed_min": "number",
    "killed_max": "number",
    "lineage": "checkbox",
    "by_day": "checkbox",
}
INTERVAL_LABELS: dict[str, Text] = {
    "day": gettext_lazy("day"),
    "week": gettext_lazy("week"),
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "year": gettext_lazy("year"),
}
STACK_LABELS: dict[str, Text] = {
    "none": gettext_lazy("nothing"),
    "group": gettext_lazy("kind of event"),
    "type": gettext_lazy("type of event"),
    "actor": gettext_lazy("actor"),
    "country": gettext_lazy("country"),
    "dataset": gettext_lazy("data set"),
}
LANE_LABELS: dict[str, Text] = {
    "none": gettext_lazy("none"),
    "actor": gettext_lazy("by actor"),
    "country": gettext_lazy("by country"),
}
LAYER_LABELS: dict[str, Text] = {
    "clusters": gettext_lazy("places"),
    "countries": gettext_lazy("countries"),
    "areas": gettext_lazy("first-level areas"),
}
MEASURE_LABELS: dict[str, Text] = {
    "incidents": gettext_lazy("incidents"),
    "killed": gettext_lazy("people killed"),
    "change": gettext_lazy("change"),
}
BASELINE_LABELS: dict[str, Text] = {
    "before": gettext_lazy("as many days before"),
    "year": gettext_lazy("the same days a year before"),
}
LIMITS = ("50", "25", "100", "250")


def _options(words: tuple[str, ...], labels: dict[str, Text]) -> list[Option]:
    return [(word, labels[word]) for word in words]


# The first option is what an absent parameter means.
OPTIONS: dict[str, list[Option]] = {
    "interval": [
        ("", gettext_lazy("fitting")),
        *_options(presentation.INTERVALS, INTERVAL_LABELS),
    ],
    "stack": _options(presentation.STACKS, STACK_LABELS),
    "lanes": _options(presentation.LANES, LANE_LABELS),
    "layer": _options(presentation.LAYERS, LAYER_LABELS),
    "measure": _options(presentation.MEASURES, MEASURE_LABELS),
    "baseline": _options(presentation.BASELINES, BASELINE_LABELS),
    "drawn": [("", gettext_lazy("the largest")), *Dataset.choices],
    "ordering": [(key, ORDER_LABELS[key]) for key in ORDERINGS],
    "limit": [(n, n) for n in LIMITS],
}


@dataclass(frozen=True)
class Control:
    """One parameter. `kind`: text, search, date, number, select or checkbox."""

    name: str
    label: Text
    kind: str
    value: str
    options: list[Option] = field(default_factory=list)
    help: Text = ""
    placeholder: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def html_id(self) -> str:
        return f"f-{self.name}"


def control(asked: Asked, name: str) -> Control:
    """The control of one parameter, with what was asked and what was wrong with it."""
    value = {**asked.question.asked, **asked.presentation.asked}.get(name, "")
    options = OPTIONS.get(name, [])
    kind = "select" if options else KINDS.get(name, "text")
    if name == "as_of" and len(value) in (0, 10):
        kind = "date"
    if options and value not in dict(options):
        # What was asked stays, also where it is none of the usual choices.
        options = [(value, value), *options] if value else options
        value = value or options[0][0]
    return Control(
        name=name,
        label=LABELS[name],
        kind=kind,
        value=value,
        options=options,
        help=HELP.get(name, ""),
        placeholder=PLACEHOLDERS.get(name, ""),
        errors=asked.errors.get(name, []),
    )
