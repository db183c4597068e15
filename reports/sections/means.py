"""How: by target, weapon, tactic and type of incident."""

from django.utils.translation import gettext as _

from reports.blocks import Section, section, table
from reports.figures import Issue, Ledger
from reports.sections import breakdowns


def targets(issue: Issue, ledger: Ledger) -> Section:
    return _section(issue, ledger, "targets", "target", _("By target"), _("Target"))


def weapons(issue: Issue, ledger: Ledger) -> Section:
    return _section(issue, ledger, "weapons", "weapon", _("By weapon"), _("Weapon"))


def tactics(issue: Issue, ledger: Ledger) -> Section:
    return _section(issue, ledger, "tactics", "tactic", _("By tactic"), _("Tactic"))


def types(issue: Issue, ledger: Ledger) -> Section:
    return _section(issue, ledger, "types", "type", _("By type of incident"), _("Type"))


def _section(
    issue: Issue, ledger: Ledger, name: str, parameter: str, title: str, label: str
) -> Section:
    """One table, and what keeps its rows from adding up."""
    found = breakdowns.groups(issue.asked, parameter)
    rows = breakdowns.entered(ledger, issue.asked, parameter, found)
    notes = []
    if name != "types" and rows:
        notes.append(_("An incident with several counts once in each row: rows do not add up."))
        none = sum(not row[name] for row in issue.asked.listed)
        if none:
            notes.append(
                _("%(n)s of %(all)s incidents name none.")
                % {"n": none, "all": len(issue.asked.listed)}
            )
    if len(rows) < len(found):
        notes.append(_("Only those that the report is about are told apart."))
    filled = [breakdowns.cells(row) for row in rows]
    block = table(name, title, breakdowns.columns(parameter, label), filled, note=" ".join(notes))
    return section(name, title, block, rows=rows)
