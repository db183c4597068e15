"""Countries or areas coloured by their change against the period before, as SVG.

Two maps side by side, incidents and people killed, drawn as the explorer draws its change; the
classes are those of `reports.rules.arrows`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from core import prose
from incidents.charts.picture import Entry, Panel
from incidents.maps import drawing, legends
from incidents.maps.shades import Shade, Shades, by_outline
from incidents.rollups import Group, HarmSum
from incidents.sentences import NAMES
from incidents.takeaway.world import DRAWN, FILLS, coloured
from regions.outlines import countries
from reports.figures import Issue
from reports.pictures.framing import framed
from reports.rules import arrows

LAYERS = {"country": "countries", "area": "areas"}
WIDTH, HEIGHT = 440.0, 385.0  # pixels of one of the two maps
# The explorer's colours of a change, by class of ours: from fewer (violet) to more (orange).
LEVELS = {
    "decrease": 1,
    "limited": 3,
    "moderate_increase": 4,
    "large_increase": 5,
    "small": 0,
}


@dataclass(frozen=True)
class Changed:
    """What one outline stands for, now and in the period before, and its two classes of change."""

    now: Shade
    then: Shade

    @property
    def is_active(self) -> bool:
        """Whether either period holds an incident."""
        return self.now.incidents + self.then.incidents > 0

    @property
    def incidents(self) -> str:
        return arrows.coloured_class(self.now.incidents, self.then.incidents, arrows.FEW_INCIDENTS)

    @property
    def killed(self) -> str:
        """Of the best estimates; too little to tell where one period knows no figure at all."""
        if any(0 < one.incidents <= one.killed.missing for one in (self.now, self.then)):
            return "small"
        now, then = self.now.killed.best, self.then.killed.best
        return arrows.coloured_class(now, then, arrows.FEW_DEATHS)


def changed(
    part: str, now: Iterable[Group], before: Iterable[Group], always: Iterable[str] = ()
) -> list[Changed]:
    """Parts (`country`, `area`) by the outline they share: those with an incident, and `always`."""
    periods = [{str(group.key): group for group in groups} for groups in (now, before)]
    keys = sorted({key for period in periods for key in period}.union(always) - {""})
    shades = []
    for period in periods:
        filled = {key: period.get(key) or Group(key, 0, HarmSum()) for key in keys}
        shades.append({shade.keys: shade for shade in by_outline(LAYERS[part], filled)})
    return [Changed(shade, shades[1][shade.keys]) for shade in shades[0].values()]


def change(
    issue: Issue,
    title: str,
    part: str,
    found: Sequence[Changed],
    names: Mapping[str, str],
    codes: Sequence[str],
    apart: int,
    notes: Sequence[str] = (),
) -> str:
    """The two maps, framed by countries (ISO3), or by the continent without any.

    `names` are those of the parts by key; `apart`: incidents of the period without an area.
    """
    frame = drawing.frame_of(codes, None, width=WIDTH, height=HEIGHT)
    states = NAMES["country"](list(countries()))

    def panel(label: str, kind_of: Callable[[Changed], str]) -> Panel:
        shades = [replace(one.now, level=LEVELS[kind_of(one)]) for one in found]
        drawn = drawing.of_shades(shades, LAYERS[part], frame, states, {})
        return Panel(coloured(drawn, changes=True), DRAWN, label=label)

    panels = [
        panel(_("Incidents"), lambda one: one.incidents),
        panel(_("People killed, best estimates"), lambda one: one.killed),
    ]
    missing = [named(one, names) for one in found if one.is_active and not one.now.outline]
    shown = Shades([one.now for one in found], [], apart)
    left_out = legends.notes_on_shades(shown, "incidents", missing)
    below = [_compared(issue), *left_out, *notes]
    return framed(issue, title, panels, _legend(), below)


def named(one: Changed, names: Mapping[str, str]) -> str:
    """What an outline is called: all parts that share it."""
    return " / ".join(names.get(key, key) for key in one.now.keys)


def _legend() -> list[Entry]:
    large, moderate = f"{arrows.LARGE:.0f}", f"{arrows.MODERATE:.0f}"
    words = {
        "decrease": _("decrease of more than %(more)s%%") % {"more": large},
        "limited": _("from −%(less)s%% to +%(more)s%%") % {"less": large, "more": moderate},
        "moderate_increase": _("increase of %(less)s to %(more)s%%")
        % {"less": moderate, "more": large},
        "large_increase": _("increase of more than %(more)s%%") % {"more": large},
        "small": _("too few to tell, or not known"),
    }
    return [
        Entry("box", said, FILLS[f"change level-{LEVELS[kind]}"]) for kind, said in words.items()
    ]


def _compared(issue: Issue) -> str:
    text = _(
        "Compared with %(period)s. A change counts from %(incidents)s incidents or %(deaths)s "
        "people killed; classes after ACLED’s Conflict Change Map."
    )
    return text % {
        "period": issue.period.previous.label,
        "incidents": prose.count(arrows.FEW_INCIDENTS),
        "deaths": prose.count(arrows.FEW_DEATHS),
    }
