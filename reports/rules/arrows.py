"""The arrow of a situation, by a stated rule: pure arithmetic on two measures.

A measure (incidents; people killed, best estimates) has *risen* if it is more than 25 % above both
the period before and the mean of the four before, and by at least a minimum; *fallen* likewise
below. Worse: one measure has risen and none has fallen. Better: one has fallen and none has risen.
Else unchanged. The classes of change are those of ACLED's Conflict Change Map: large increase above
25 %, moderate increase above 10 %, limited change down to −25 %, decrease below; what stays under
the minimum is of small numbers.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import prose

LARGE, MODERATE = 25.0, 10.0  # per cent
# A change smaller than this is no change, whatever its share; a place with less is left out.
FEW_INCIDENTS, FEW_DEATHS = 3, 10
SIGNS = {"worse": "▲", "better": "▼", "unchanged": "▬"}


@dataclass(frozen=True)
class Measure:
    """A number now, in the period before, and on average of the four before."""

    now: int
    before: int
    mean: float
    few: int

    @property
    def percent(self) -> float | None:
        """Change against the period before, in per cent; None where that held nothing."""
        return round((self.now - self.before) / self.before * 100, 1) if self.before else None

    @property
    def change(self) -> str:
        """The class of change against the period before."""
        return change_class(self.now, self.before, self.few)

    @property
    def direction(self) -> int:
        """1 risen, −1 fallen, 0 neither: against both the period before and the mean."""
        classes = {self.change, change_class(self.now, self.mean, self.few)}
        if classes == {"large_increase"}:
            return 1
        return -1 if classes == {"decrease"} else 0


def change_class(now: float, then: float, few: int) -> str:
    """The class of a change: large_increase, moderate_increase, limited, decrease or small."""
    if abs(now - then) < few:
        return "small" if now != then else "limited"
    percent = (now - then) / then * 100 if then else float("inf")
    if percent > LARGE:
        return "large_increase"
    if percent > MODERATE:
        return "moderate_increase"
    return "limited" if percent >= -LARGE else "decrease"


def coloured_class(now: int, then: int, few: int) -> str:
    """The class that a map colours: small, too, where neither period holds the minimum."""
    return change_class(now, then, few) if max(now, then) >= few else "small"


@dataclass(frozen=True)
class Arrow:
    """worse, better or unchanged; the reason is a sentence."""

    direction: str
    reason: str

    @property
    def sign(self) -> str:
        return SIGNS[self.direction]

    @property
    def words(self) -> str:
        return {"worse": _("worse"), "better": _("better"), "unchanged": _("unchanged")}[
            self.direction
        ]


def is_active(incidents: int, killed: int) -> bool:
    """Whether a place has the minimum of activity that an arrow needs."""
    return incidents >= FEW_INCIDENTS or killed >= FEW_DEATHS


def arrow(incidents: Measure, killed: Measure) -> Arrow:
    """The arrow of two measures."""
    moves = (incidents.direction, killed.direction)
    if 1 in moves and -1 in moves:
        mixed = _("No clear direction: incidents and deaths moved apart.")
        return Arrow("unchanged", mixed)
    reasons = {
        (1, 1): ("worse", _("Both incidents and people killed rose.")),
        (1, 0): ("worse", _("Incidents rose.")),
        (0, 1): ("worse", _("More people were killed.")),
        (-1, -1): ("better", _("Both incidents and people killed fell.")),
        (-1, 0): ("better", _("Incidents fell.")),
        (0, -1): ("better", _("Fewer people were killed.")),
    }
    none = ("unchanged", _("No change passed the threshold of the rule."))
    return Arrow(*reasons.get(moves, none))


def change_words(measure: Measure) -> str:
    """The class of change of a measure in words."""
    return class_words(measure.change)


def class_words(kind: str) -> str:
    """A class of change in words: "large increase"."""
    return {
        "large_increase": _("large increase"),
        "moderate_increase": _("moderate increase"),
        "limited": _("limited change"),
        "small": _("small numbers"),
        "decrease": _("decrease"),
    }[kind]


def percent_words(measure: Measure) -> str:
    """ "+150 %" against the period before; a dash where that held nothing."""
    if measure.percent is None:
        return "–"
    return _("%(share)s%%") % {"share": prose.signed(round(measure.percent))}


def rule() -> str:
    """The rule in one paragraph, for the note under the table."""
    return _(
        "Rule: a measure rises if it is more than 25%% above both the period before and the mean "
        "of the four before, and by at least %(incidents)s incidents or %(deaths)s deaths; it "
        "falls likewise. Worse: one rises and none falls; better: one falls and none rises; else "
        "unchanged. Places with fewer than %(incidents)s incidents and %(deaths)s deaths, now and "
        "in the period before, have no arrow. Classes of change after ACLED’s Conflict Change Map."
    ) % {"incidents": FEW_INCIDENTS, "deaths": FEW_DEATHS}
