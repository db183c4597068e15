"""Where it happened: maps of the period and of the change, the most affected places as bars."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import rollups
from incidents.rollups import Group
from incidents.words import summed
from reports import pictures, scope
from reports.blocks import Block, Section, section
from reports.figures import Ask, Issue, Ledger
from reports.pictures import Changed
from reports.rules import arrows

TOLD = 5  # places that the words beside a drawing name
# Tables of `reports.sections.places` with the same numbers, by what the parts are.
TABLES = {"country": "countries", "area": "areas"}
# Classes of change that the words beside the map name, places of the others are many.
TOLD_CLASSES = ("large_increase", "moderate_increase", "decrease")
Named = list[tuple[Group, str]]


def where(issue: Issue, ledger: Ledger) -> Section:
    """Drawings; the tables of the places hold their numbers."""
    found = rollups.totals(issue.asked.rows())
    groups = _groups(issue.asked, scope.part_of(issue))
    named = _named(issue, groups)
    return section(
        "map",
        _("Where it happened"),
        _map(issue, ledger, found.incidents, named) if found.incidents else None,
        _bars(issue, ledger, named) if len(named) > 1 else None,
        _change(issue, ledger, groups),
    )


def _groups(ask: Ask, part: str | None) -> list[Group]:
    """The parts of the place, most deaths first; incidents without one as ""."""
    return rollups.by(ask.rows(), part) if part and ask.listed else []


def _named(issue: Issue, groups: list[Group]) -> Named:
    """The parts of the place with a name."""
    known = [group for group in groups if group.key]
    names = scope.part_names(scope.part_of(issue), [str(group.key) for group in known])
    return [(group, names.get(group.key, str(group.key))) for group in known]


def _frame(issue: Issue) -> list[str]:
    """Countries (ISO3) that frame a map; none for the continent and its regions."""
    schedule = issue.schedule
    is_narrow = bool(schedule.place) and schedule.region == ""
    return [country.iso3 for country in scope.countries_of(issue)] if is_narrow else []


def _outlines() -> str:
    return _("Outlines: Natural Earth. They take no position on borders.")


def _map(issue: Issue, ledger: Ledger, incidents: int, named: Named) -> Block:
    title = _("Map of incidents, %(period)s") % {"period": issue.period.label}
    text = ngettext(
        "Map with %(n)s incident, drawn as widely as its place is known.",
        "Map with %(n)s incidents, each drawn as widely as its place is known.",
        incidents,
    )
    most = sorted(named, key=lambda one: (-one[0].incidents, one[1]))
    counted = [f"{name} {prose.count(group.incidents)}" for group, name in most[:TOLD]]
    alt = [text % {"n": prose.count(incidents)}]
    if counted:
        alt.append(_("Most incidents: %(places)s.") % {"places": ", ".join(counted)})
    drawn = pictures.places(issue, title, _frame(issue), [_outlines()])
    return ledger.draw("map", drawn, title=title, alt=" ".join(alt), table=_table(issue))


def _change(issue: Issue, ledger: Ledger, groups: list[Group]) -> Block | None:
    """The map of the change against the period before; None where all is too little to tell."""
    part = scope.part_of(issue)
    if part is None:
        return None
    found = pictures.changed(part, groups, _groups(issue.before, part), scope.part_keys(issue))
    if all(one.incidents == one.killed == "small" for one in found):
        return None
    names = scope.part_names(part, sorted({key for one in found for key in one.now.keys}))
    title = _("Change from %(before)s to %(period)s") % {
        "before": issue.period.previous.label,
        "period": issue.period.label,
    }
    apart = sum(group.incidents for group in groups if not group.key)
    drawn = pictures.change(
        issue, title, part, found, names, _frame(issue), apart, [_outlines()]
    )  # fmt: skip
    alt = " ".join(
        [
            _("Two maps of the change against the period before."),
            _("Incidents: %(changes)s.")
            % {"changes": _changes(found, [one.incidents for one in found], names)},
            _("People killed: %(changes)s.")
            % {"changes": _changes(found, [one.killed for one in found], names)},
        ]
    )
    return ledger.draw("change", drawn, title=title, alt=alt, table=_table(issue))


def _changes(found: list[Changed], classes: list[str], names: dict[str, str]) -> str:
    """ "large increase in Gao, Mopti; decrease in Ménaka", in the order of their incidents."""
    said = []
    for kind in TOLD_CLASSES:
        places = [
            pictures.named(one, names)
            for one, its in zip(found, classes, strict=True)
            if its == kind
        ]
        if places:
            told = {"change": arrows.class_words(kind), "places": ", ".join(places)}
            said.append(_("%(change)s in %(places)s") % told)
    return "; ".join(said) or _("no change passed the threshold")


def _bars(issue: Issue, ledger: Ledger, named: Named) -> Block:
    title = (
        _("Most affected areas, %(period)s")
        if scope.part_of(issue) == "area"
        else _("Most affected countries, %(period)s")
    ) % {"period": issue.period.label}
    counted = [f"{name} {summed(one.killed, one.incidents)}" for one, name in named[:TOLD]]
    alt = _("Bars: incidents and people killed. Most people killed: %(places)s.") % {
        "places": "; ".join(counted)
    }
    drawn = pictures.bars(issue, title, named)
    return ledger.draw("places", drawn, title=title, alt=alt, table=_table(issue))


def _table(issue: Issue) -> str:
    return TABLES.get(scope.part_of(issue) or "", "totals")
