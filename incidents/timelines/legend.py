"""What the colours and lines of a drawing mean: only those that it uses."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from incidents.timelines.shapes import Entry, Panel, Span

MEANINGS = {
    "vague": _("dated less exactly than the bar"),
    "low": _("lowest number killed"),
    "range": _("up to the highest number killed"),
    "best": _("best estimate of the killed"),
    "open": _("no highest number for some incidents"),
    "late": _("reports still coming in"),
    "beyond": _("after the data set's last event"),
    "span-campaign": _("campaign, series or episode"),
    "span-lasting": _("armed conflict or lasting condition"),
    "span-mission": _("mission"),
    "wash": _("days of a campaign"),
    "point": _("exact day; larger from 10 and from 50 killed"),
    "days": _("several days"),
    "band": _("uncertain date"),
    "unsure": _("suspected or disputed attribution"),
}


LASTING = ("conflict", "condition")


def legend(panels: Iterable[Panel], strips: Iterable[Span] = ()) -> Sequence[Entry]:
    """An entry for each kind of strip, layer and mark that is drawn."""
    used = {_strip(span.kind) for span in strips}
    for panel in panels:
        used.update(layer.kind for layer in panel.layers)
        used.update(word for mark in panel.marks for word in mark.kind.split())
    return [Entry(kind, str(words)) for kind, words in MEANINGS.items() if kind in used]


def _strip(kind: str) -> str:
    if kind == "mission":
        return "span-mission"
    return "span-lasting" if kind in LASTING else "span-campaign"
