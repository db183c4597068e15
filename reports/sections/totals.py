"""Key figures, the periods they are compared with, and the trend. Sums are `incidents.rollups`'."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from core import prose
from incidents import rollups
from incidents.querysets import RecordQuerySet
from incidents.rollups import HARMS, Group, HarmSum, Totals
from reports.blocks import Block, Cell, Section, boxes, column, section, table, text
from reports.figures import Ask, Issue, Ledger, count_cell, harm_cell, harm_figure, listing
from reports.periods import Period
from reports.sections import breakdowns, drawings

TREND = 12  # periods, the last of which is the report's


def harm_label(harm: str) -> str:
    return {
        "killed": _("people killed"),
        "wounded": _("people wounded"),
        "abducted": _("people abducted"),
        "displaced": _("people displaced"),
        "attackers_killed": _("attackers killed"),
    }[harm]


def totals(issue: Issue, ledger: Ledger) -> Section:
    """Incidents and every harm in the period; attackers' deaths are a line of their own."""
    found = breakdowns.summed(issue.asked)
    figures = entered(ledger, "total", issue.asked, found)
    cells = [(_("Incidents"), count_cell(figures["incidents"], found.incidents))]
    cells += [
        (harm_label(harm).capitalize(), harm_cell(figures[harm], figures[harm])) for harm in HARMS
    ]
    return section(
        "totals",
        _("Key figures"),
        boxes(*cells),
        _bounds_table(figures),
        **figures,
        rule=found.rule,
        combined_tolls=found.combined_tolls,
        mixed_scopes=found.mixed_scopes,
    )


def _bounds_table(figures: dict[str, Any]) -> Block | None:
    """Lowest, best and highest sum of each harm, and how many incidents give no figure."""
    rows = []
    for harm in HARMS:
        figure = figures[harm]
        number = figures["incidents"]["count"]
        is_known = not number or figure["missing"] < number
        bounds = [figure[bound] if is_known else None for bound in ("low", "best", "high")]
        rows.append(
            [
                text(harm_label(harm).capitalize()),
                *(_bound(figure, number, is_known) for number in bounds),
                text(prose.count(figure["missing"]), value=figure["missing"]),
            ]
        )
    columns = [
        column("figure", _("Figure")),
        column("low", _("Lowest"), "count"),
        column("best", _("Best estimate"), "count"),
        column("high", _("Highest"), "count"),
        column("missing", _("Incidents that give no figure"), "count"),
    ]
    return table("totals", _("Key figures with their bounds"), columns, rows)


def _bound(figure: dict[str, Any], number: int | None, is_known: bool) -> Cell:
    """A bound of a sum; an upper one is open where some incident has none."""
    if number is None:
        return text(_("open-ended") if is_known else prose.count(None))
    return text(prose.count(number), value=number, key=figure["key"], query=figure["query"])


def entered(ledger: Ledger, key: str, ask: Ask, found: Totals) -> dict[str, Any]:
    """The totals of a question as figures of the ledger, by name."""
    label = _("incidents")
    figures: dict[str, Any] = {
        "incidents": ledger.enter(f"{key}.incidents", ask, label=label, count=found.incidents)
    }
    for harm in HARMS:
        figure = harm_figure(getattr(found, harm), found.incidents)
        figures[harm] = ledger.enter(f"{key}.{harm}", ask, label=harm_label(harm), **figure)
    return figures


def comparison(issue: Issue, ledger: Ledger) -> Section:
    """The period before and the same a year before, from the same state of the record."""
    now = ledger.data("totals")
    rows, told = [], []
    for key, period, relation in issue.period.against():
        ask = issue.during(period)
        found = breakdowns.summed(ask)
        then = entered(ledger, key, ask, found)
        change = {
            "incidents": now["incidents"]["count"] - found.incidents,
            "killed_best": now["killed"]["best"] - found.killed.best,
        }
        told.append(
            {
                "key": key,
                "period": str(period),
                "label": period.label,
                "relation": relation,
                "incidents": then["incidents"],
                "killed": then["killed"],
                "change": change,
            }
        )
        rows.append(
            _compared(
                text(period.label, note=relation),
                then,
                breakdowns.change(now["incidents"]["count"], found.incidents),
                breakdowns.change(now["killed"]["best"], found.killed.best),
            )
        )
    this = _compared(text(issue.period.label, note=_("this period")), now, text("–"), text("–"))
    columns = [
        column("period", _("Period")),
        column("incidents", _("Incidents"), "count"),
        column("incidents_change", _("Change to this period"), "change"),
        column("killed", _("People killed"), "harm"),
        column("killed_change", _("Change to this period (best estimates)"), "change"),
        column("wounded", _("People wounded"), "harm"),
        column("abducted", _("People abducted"), "harm"),
        column("attackers_killed", _("Attackers killed"), "harm"),
    ]
    title = _("Compared with earlier periods")
    return section(
        "comparison", title, table("comparison", title, columns, [this, *rows]), against=told
    )


def _compared(label: Cell, figures: dict[str, Any], incidents: Cell, killed: Cell) -> list[Cell]:
    """A row of the comparison: a period's figures, and the changes since."""
    number = figures["incidents"]["count"]
    harms = {harm: harm_cell(figures[harm], figures[harm]) for harm in HARMS}
    for cell in harms.values():
        if not number:
            del cell["query"]
    others = (harms[harm] for harm in ("wounded", "abducted", "attackers_killed"))
    return [
        label,
        count_cell(figures["incidents"], number),
        incidents,
        harms["killed"],
        killed,
        *others,
    ]


def trend(issue: Issue, ledger: Ledger) -> Section:
    """Incidents and deaths of the twelve periods that end with this one; empty ones too."""
    periods = [issue.period.shifted(-back) for back in range(TREND - 1, -1, -1)]
    whole = issue.during(periods[0], periods[-1]).rows()
    listed = listing(whole, "seq", "date_start")
    found = {group.key: group for group in rollups.by(_numbered(whole, periods), "number")}
    rows, told = [], []
    for number, period in enumerate(periods):
        group = found.get(number) or Group(number, 0, HarmSum())
        ask = replace(issue.during(period), picked=_begun_in(listed, period))
        killed = harm_figure(group.killed, group.incidents)
        figure = ledger.enter(
            f"trend.{period}", ask, label=period.label, incidents=group.incidents, killed=killed
        )
        told.append({"period": str(period), "start": period.first.isoformat()} | figure)
        cells = [text(period.label), count_cell(figure, group.incidents)]
        rows.append([*cells, harm_cell(figure, killed)])
    columns = [
        column("period", _("Period")),
        column("incidents", _("Incidents"), "count"),
        column("killed", _("People killed"), "harm"),
    ]
    title = _("Twelve periods")
    drawing = drawings.trend(issue, ledger, told)
    return section("trend", title, drawing, table("trend", title, columns, rows), periods=told)


def _numbered(rows: RecordQuerySet, periods: Sequence[Period]) -> RecordQuerySet:
    """The rows with the number of the period in which each began."""
    cases = [When(date_start__lte=period.last, then=Value(n)) for n, period in enumerate(periods)]
    numbered: RecordQuerySet = rows.annotate(number=Case(*cases, output_field=IntegerField()))
    return numbered


def _begun_in(rows: list[dict[str, Any]], period: Period) -> list[dict[str, Any]]:
    return [row for row in rows if period.first <= row["date_start"] <= period.last]
