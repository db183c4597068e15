"""Where: countries or areas in decreasing order of deaths, regions of the African Union, Sahel."""

from typing import Any

from django.utils.translation import gettext as _

from core import prose
from core.names import search_key
from incidents.rollups import Group, HarmSum
from regions.models import Country
from reports.blocks import Block, Section, column, section, table, text
from reports.blocks import prose as paragraph
from reports.figures import Issue, Ledger, harm_figure
from reports.sections import breakdowns
from reports.sections.breakdowns import Row
from reports.sentences import Sentence, linked, told

# Areas of more than one country: so many, the most deaths first.
MOST_AREAS = 15
# The states that founded the G5 Sahel in 2014.
SAHEL = ("BFA", "MLI", "MRT", "NER", "TCD")


def countries(issue: Issue, ledger: Ledger) -> Section:
    """By country; of a body all members of the period, those without incidents too."""
    title = _("By country")
    schedule = issue.schedule
    if schedule.country is not None or schedule.area is not None:
        return section("countries", title, rows=[])
    rows, before = _compared(issue, ledger, "country", _members(issue))
    note = ""
    if schedule.body is not None:
        note = _("Members of %(body)s on at least one day of the period, each for its days of "
                 "membership.") % {"body": schedule.place_name}  # fmt: skip
    return section(
        "countries", title, _table(issue, "countries", title, rows, before, note), rows=rows
    )


def areas(issue: Issue, ledger: Ledger) -> Section:
    """By first-level area; where the place has several countries only those most affected."""
    title = _("By area")
    schedule = issue.schedule
    if schedule.area is not None:
        return section("areas", title, rows=[])
    most = None if schedule.country is not None else MOST_AREAS
    rows, before = _compared(issue, ledger, "area", (), most)
    unknown = _without_area(issue, ledger) if most is None else None
    shown = [*rows, unknown] if unknown else rows
    note = ""
    if most is not None and len(rows) == most:
        note = _("The %(n)s areas with most deaths.") % {"n": prose.count(most)}
    return section("areas", title, _table(issue, "areas", title, shown, before, note), rows=shown)


def au_regions(issue: Issue, ledger: Ledger) -> Section:
    """By region of the African Union, with its share, and the share of the Sahel."""
    title = _("By region of the African Union")
    schedule = issue.schedule
    if schedule.country is not None or schedule.area is not None or schedule.region:
        return section("regions", title, rows=[])
    rows = breakdowns.entered(
        ledger, issue.asked, "region", breakdowns.groups(issue.asked, "region")
    )
    sahel = _sahel(issue, ledger)
    return section(
        "regions",
        title,
        _shares(ledger, title, rows),
        paragraph(*_sahel_sentences(ledger, sahel)),
        rows=rows,
        sahel=sahel,
    )


def _members(issue: Issue) -> tuple[str, ...]:
    """Countries that have a row although nothing happened there."""
    body = issue.schedule.body
    if body is None:
        return ()
    period = issue.period
    standing = body.memberships.filter(status="member").between(period.first, period.last)
    return tuple(Country.objects.filter(pk__in=standing.values("country_id")).values_list(
        "iso3", flat=True
    ).order_by("iso3"))  # fmt: skip


def _compared(
    issue: Issue, ledger: Ledger, parameter: str, always: tuple[str, ...], most: int | None = None
) -> tuple[list[Row], dict[str, Any]]:
    """Rows of now, places of the period before among them, and by code the rows of then."""
    found = breakdowns.groups(issue.asked, parameter)[:most]
    then = {group.key: group for group in breakdowns.groups(issue.before, parameter)}
    known = {group.key for group in found}
    more = dict.fromkeys([*always, *then] if most is None else always)
    found += [Group(code, 0, HarmSum()) for code in more if code not in known]
    rows = breakdowns.entered(ledger, issue.asked, parameter, found)
    rows.sort(key=lambda row: "" if row["incidents"] else search_key(row["label"]))
    groups = [then.get(row["code"]) or Group(row["code"], 0, HarmSum()) for row in rows]
    before = breakdowns.entered(ledger, issue.before, parameter, groups, prefix="previous.")
    return rows, dict(breakdowns.by_code(before))


def _without_area(issue: Issue, ledger: Ledger) -> Row | None:
    """Incidents whose area is not known or not shown: those in none of the areas."""
    nowhere = [row for row in issue.asked.listed if not row["area"]]
    if not nowhere or "area" in issue.asked.parameters:
        return None
    named = sorted({row["area"] for row in issue.asked.listed} - {""})
    ask = issue.asked.part(area=",".join(f"-{slug}" for slug in named)) if named else issue.asked
    found = breakdowns.summed(ask)
    return {"code": ""} | breakdowns.figure(
        ledger, "area.none", ask, _("area not known or not shown"), found.incidents, found.killed
    )


def _table(
    issue: Issue, key: str, title: str, rows: list[Row], before: dict[str, Any], note: str
) -> Block | None:
    empty: dict[str, Any] = {"incidents": 0, "killed": {"best": 0}}
    filled = []
    for row in rows:
        then = before.get(row["code"], empty)
        cells = breakdowns.cells(row)
        if row["code"]:
            cells += [
                breakdowns.change(row["incidents"], then["incidents"]),
                breakdowns.harm_change(row, then),
            ]
        else:
            cells += [text("–"), text("–")]
        filled.append(cells)
    against = _("Change against %(period)s, best estimates.")
    said = " ".join([note, against % {"period": issue.period.previous.label}]).strip()
    columns = [
        *breakdowns.columns("place", _("Place")),
        column("incidents_change", _("Change in incidents"), "change"),
        column("killed_change", _("Change in people killed"), "change"),
    ]
    return table(key, title, columns, filled, note=said)


def _shares(ledger: Ledger, title: str, rows: list[Row]) -> Block | None:
    totals = ledger.data("totals")
    filled = [
        [
            *breakdowns.cells(row),
            breakdowns.percent(row["incidents"], totals["incidents"]["count"]),
            breakdowns.percent(row["killed"]["best"], totals["killed"]["best"]),
        ]
        for row in rows
    ]
    columns = [
        *breakdowns.columns("region", _("Region")),
        column("incidents_share", _("Share of incidents"), "percent"),
        column("killed_share", _("Share of people killed"), "percent"),
    ]
    return table("regions", title, columns, filled)


def _sahel(issue: Issue, ledger: Ledger) -> Row | None:
    """The founders of the G5 Sahel; None where the place holds none of them or only them."""
    present = {row["country"] for row in issue.asked.listed}
    if not present & set(SAHEL) or present <= set(SAHEL):
        return None
    ask = issue.asked.part(country=",".join(SAHEL))
    found = breakdowns.summed(ask)
    killed = harm_figure(found.killed, found.incidents)
    return ledger.enter(
        "sahel", ask, label=_("the Sahel"), incidents=found.incidents, killed=killed
    )


def _sahel_sentences(ledger: Ledger, sahel: Row | None) -> list[Sentence]:
    if sahel is None:
        return []
    totals = ledger.data("totals")
    said = _(
        "In the Sahel (Burkina Faso, Chad, Mali, Mauritania and Niger, the founders of the G5 "
        "Sahel): %(incidents)s of the incidents and %(killed)s of the people killed."
    )
    shares = {
        "incidents": breakdowns.percent(sahel["incidents"], totals["incidents"]["count"]),
        "killed": breakdowns.percent(sahel["killed"]["best"], totals["killed"]["best"]),
    }
    return [told(said, **{name: linked(sahel, cell["text"]) for name, cell in shares.items()})]
