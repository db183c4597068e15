"""Where it happened: the map of the period, and the most affected places as bars."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import rollups
from incidents.rollups import Group
from incidents.words import summed
from reports import pictures, scope
from reports.blocks import Block, Section, section
from reports.figures import Issue, Ledger

TOLD = 5  # places that the words beside a drawing name
# Tables of `reports.sections.places` with the same numbers, by what the parts are.
TABLES = {"country": "countries", "area": "areas"}
Named = list[tuple[Group, str]]


def where(issue: Issue, ledger: Ledger) -> Section:
    """Drawings; the tables of the places hold their numbers."""
    found = rollups.totals(issue.asked.rows())
    named = _parts(issue)
    return section(
        "map",
        _("Where it happened"),
        _map(issue, ledger, found.incidents, named) if found.incidents else None,
        _bars(issue, ledger, named) if len(named) > 1 else None,
    )


def _parts(issue: Issue) -> Named:
    """The parts of the place with a name, most deaths first."""
    part = scope.part_of(issue)
    if part is None:
        return []
    groups = [group for group in rollups.by(issue.asked.rows(), part) if group.key]
    names = scope.part_names(part, [str(group.key) for group in groups])
    return [(group, names.get(group.key, str(group.key))) for group in groups]


def _map(issue: Issue, ledger: Ledger, incidents: int, named: Named) -> Block:
    schedule = issue.schedule
    is_narrow = bool(schedule.place) and schedule.region == ""
    codes = [country.iso3 for country in scope.countries_of(issue)] if is_narrow else []
    title = _("Map of incidents, %(period)s") % {"period": issue.period.label}
    outlines = _("Outlines: Natural Earth. They take no position on borders.")
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
    drawn = pictures.places(issue, title, codes, [outlines])
    return ledger.draw("map", drawn, title=title, alt=" ".join(alt), table=_table(issue))


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
