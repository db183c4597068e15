"""Hostage-taking in the period: cases, people taken, what became of them, where.

From the record alone: a case that is open, or whose end nobody has confirmed, shows its country and
month only (domain reference D2), and neither its people nor its place are counted here.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents.sentences import NAMES_IN_RECORD
from reports.blocks import Block, Section, boxes, column, items, section, table, text
from reports.blocks import prose as paragraph
from reports.figures import Ask, Issue, Ledger, count_cell, harm_cell, harm_figure
from reports.sections import breakdowns, deals
from reports.sections.breakdowns import Row
from reports.sentences import Sentence, linked, told

GROUP = "hostage"


def outcome_label(outcome: str) -> str:
    return {
        "released": _("released"),
        "rescued": _("rescued"),
        "escaped": _("escaped"),
        "killed": _("killed"),
        "open": _("still held, or the end is not confirmed (country and month only)"),
        "untold": _("end not recorded"),
    }[outcome]


OUTCOMES = ("released", "rescued", "escaped", "killed", "open", "untold")


def kidnappings(issue: Issue, ledger: Ledger) -> Section:
    """Cases by how they ended and by country, with the people taken and killed in them; ransoms."""
    title = _("Kidnapping and hostage-taking")
    if not breakdowns.admits(issue.asked, "group", GROUP):
        return section("kidnappings", title)
    ask = issue.asked.part(group=GROUP)
    found = breakdowns.summed(ask)
    taken = harm_figure(found.abducted, found.incidents)
    killed = harm_figure(found.killed, found.incidents)
    cases = ledger.enter(
        "kidnappings", ask, label=title, incidents=found.incidents, abducted=taken, killed=killed
    )
    paid, ransoms = deals.ransoms(issue, ledger)
    held, talks = deals.talks(issue, ledger)
    if not found.incidents:
        none = told(_("No hostage-taking is recorded in the period."))
        return section(
            "kidnappings", title, paragraph(none), *paid, held,
            cases=cases, outcomes=[], ransoms=ransoms, talks=talks,
        )  # fmt: skip
    outcomes = _outcomes(ask, ledger)
    elsewhere = _elsewhere(issue, ledger, found.abducted.best)
    return section(
        "kidnappings",
        title,
        boxes(
            (_("Cases"), count_cell(cases, found.incidents)),
            (_("People taken"), harm_cell(cases, taken)),
            (_("People killed in them"), harm_cell(cases, killed)),
        ),
        _outcome_table(outcomes),
        _places(ask, ledger),
        items(_notes(outcomes, elsewhere)),
        *paid,
        held,
        cases=cases,
        outcomes=outcomes,
        ransoms=ransoms,
        talks=talks,
    )


def _outcomes(ask: Ask, ledger: Ledger) -> list[Row]:
    """Cases and people by outcome; an incident whose people fared differently counts in each."""
    rows = ask.rows().order_by("public_id")
    numbers: dict[str, list[int]] = {outcome: [0, 0, 0] for outcome in OUTCOMES}
    for is_withheld, hostages in rows.values_list("payload__is_withheld", "payload__hostages"):
        told_of = [(one["outcome"], one["persons"]) for one in hostages or []]
        for outcome in {one for one, _persons in told_of} or {"open" if is_withheld else "untold"}:
            persons = [number for one, number in told_of if one == outcome]
            cases = numbers[outcome]
            cases[0] += 1
            cases[1] += sum(number or 0 for number in persons)
            cases[2] += any(number is None for number in persons) or not persons
    return [
        {"code": outcome}
        | ledger.enter(
            f"kidnappings.{outcome}",
            ask,
            label=outcome_label(outcome),
            cases=cases,
            persons=persons,
            missing=missing,
        )
        for outcome, (cases, persons, missing) in numbers.items()
        if cases
    ]


def _outcome_table(rows: list[Row]) -> Block | None:
    filled = []
    for row in rows:
        cases = count_cell(row, row["cases"])
        persons = text(_("not told"))
        if row["missing"] < row["cases"]:
            said = prose.count(row["persons"])
            if row["missing"]:
                said = _("at least %(low)s") % {"low": said}
            persons = text(said, value=row["persons"], key=row["key"], query=row["query"])
        filled.append([text(row["label"]), cases, persons])
    columns = [
        column("outcome", _("What became of them")),
        column("cases", _("Cases"), "count"),
        column("persons", _("People"), "count"),
    ]
    return table("kidnapping_outcomes", _("What became of the people taken"), columns, filled)


def _places(ask: Ask, ledger: Ledger) -> Block | None:
    """By country, or by area in a country's report; withheld cases have no area."""
    parameter = "area" if "country" in ask.parameters else "country"
    found = [
        g for g in breakdowns.groups(ask, parameter) if breakdowns.admits(ask, parameter, g.key)
    ]
    names = NAMES_IN_RECORD[parameter]([group.key for group in found])
    filled = []
    for group in found:
        part = ask.part(**{parameter: group.key})
        abducted = harm_figure(breakdowns.summed(part).abducted, group.incidents)
        row = breakdowns.figure(
            ledger,
            f"kidnappings.{parameter}.{group.key}",
            part,
            names.get(group.key, group.key),
            group.incidents,
            group.killed,
            abducted=abducted,
        )
        filled.append(
            [text(row["label"]), count_cell(row, group.incidents), harm_cell(row, abducted)]
        )
    columns = [
        column("place", _("Place")),
        column("cases", _("Cases"), "count"),
        column("abducted", _("People taken"), "harm"),
    ]
    return table("kidnapping_places", _("Where people were taken"), columns, filled)


def _elsewhere(issue: Issue, ledger: Ledger, in_cases: int) -> Row | None:
    """People abducted in incidents of other kinds, such as an attack on a village."""
    total = ledger.data("totals")["abducted"]
    if total["best"] <= in_cases:
        return None
    return {"best": total["best"] - in_cases, "total": total}


def _notes(outcomes: list[Row], elsewhere: Row | None) -> list[Sentence]:
    notes = []
    if any(row["code"] == "open" for row in outcomes):
        notes.append(
            told(_("Open cases show their country and month only, to protect the people held: "
                   "neither their number nor their place is told."))
        )  # fmt: skip
    if elsewhere:
        said = ngettext(
            "%(more)s more person was abducted in incidents of other kinds, %(all)s in all.",
            "%(more)s more people were abducted in incidents of other kinds, %(all)s in all.",
            elsewhere["best"],
        )
        total = elsewhere["total"]
        more = prose.count(elsewhere["best"])
        notes.append(told(said, more=more, all=linked(total, total["short"])))
    return notes
