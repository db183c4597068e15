"""Tables that divide incidents by an attribute: each row is a figure of its own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core import prose
from incidents import rollups
from incidents.columns.conditions import TERMS
from incidents.columns.layout import LISTS
from incidents.forms import signed
from incidents.rollups import Group, HarmSum, Totals
from incidents.sentences import NAMES_IN_RECORD
from reports.blocks import Cell, column, text
from reports.figures import Ask, Ledger, count_cell, harm_cell, harm_figure

Row = dict[str, Any]
# The sums of no incident at all.
EMPTY = Totals(0, HarmSum(), HarmSum(), HarmSum(), HarmSum(), HarmSum())


def admits(ask: Ask, parameter: str, term: str) -> bool:
    """Whether a question can be narrowed to a term: it names the term, or none of its kind."""
    given = ask.parameters.get(parameter)
    if given is None:
        return True
    terms, is_excluding = signed(given)
    return not is_excluding and term in terms


def summed(ask: Ask) -> Totals:
    """Every harm of a question; its rows are listed first, so that nothing is looked for twice."""
    return rollups.totals(ask.rows()) if ask.listed else EMPTY


def groups(ask: Ask, parameter: str) -> list[Group]:
    """Incidents and deaths by the values of a parameter; incidents without a value apart, as ""."""
    if not ask.listed:
        return []
    column_name = TERMS[parameter]
    sums = rollups.by_term if column_name in LISTS else rollups.by
    return [group for group in sums(ask.rows(), column_name) if group.key]


def entered(
    ledger: Ledger, ask: Ask, parameter: str, found: Iterable[Group], *, prefix: str = ""
) -> list[Row]:
    """Groups as figures `prefix + parameter.value`; values outside of the subject are left out."""
    kept = [group for group in found if admits(ask, parameter, group.key)]
    names = NAMES_IN_RECORD[parameter]([group.key for group in kept])
    return [
        {"code": group.key}
        | figure(
            ledger,
            f"{prefix}{parameter}.{group.key}",
            ask.part(**{parameter: group.key}),
            names.get(group.key, group.key),
            group.incidents,
            group.killed,
        )
        for group in kept
    ]


def figure(
    ledger: Ledger, key: str, ask: Ask, label: str, incidents: int, killed: HarmSum, **more: Any
) -> Row:
    """A row as a figure of the ledger: incidents and people killed."""
    harm = harm_figure(killed, incidents)
    return ledger.enter(key, ask, label=label, incidents=incidents, killed=harm, **more)


def cells(row: Row) -> list[Cell]:
    """Label, incidents and people killed of a row; both numbers open the same incidents."""
    return [
        text(row["label"]),
        count_cell(row, row["incidents"]),
        harm_of(row, "killed"),
    ]


def harm_of(row: Row, harm: str) -> Cell:
    """A harm of a row; it opens its incidents where there are any."""
    cell = harm_cell(row, row[harm])
    if not row["incidents"]:
        del cell["query"]
    return cell


def columns(name: str, label: str) -> list[dict[str, str]]:
    """The columns of `cells`."""
    return [
        column(name, label),
        column("incidents", _("Incidents"), "count"),
        column("killed", _("People killed"), "harm"),
    ]


def percent(part: float, whole: float) -> Cell:
    """A share in per cent with one decimal; a dash where there is nothing to divide."""
    if not whole:
        return text("–")
    share = round(100 * part / whole, 1)
    return text(in_percent(share), value=share)


def in_percent(share: float) -> str:
    """ "12.5%", "1,200%", in the active language."""
    places = 0 if abs(share) >= 100 else 1
    number = number_format(share, decimal_pos=places, use_l10n=True, force_grouping=True)
    return _("%(n)s%%") % {"n": number}


def change(now: int, then: int) -> Cell:
    """A difference with its sign and, where there was something before, in per cent."""
    difference = now - then
    said = prose.signed(difference)
    if not then or not difference:
        return text(said, value=difference)
    share = ("+" if difference > 0 else "−") + in_percent(abs(round(100 * difference / then, 1)))
    return text(f"{said} ({share})", value=difference)


def harm_change(now: Mapping[str, Any], then: Mapping[str, Any]) -> Cell:
    """The change of people killed between two rows; a dash where one of them knows nothing."""
    if any(0 < row["incidents"] <= row["killed"].get("missing", 0) for row in (now, then)):
        return text("–")
    return change(now["killed"]["best"], then["killed"]["best"])


def by_code(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {row["code"]: row for row in rows}
