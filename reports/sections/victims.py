"""Who died, as far as the record tells populations apart, and in what kind of violence.

A population is counted where an estimate of the incident names it: the preferred one, or else the
only one. Whatever of a toll no estimate divides is a row of its own; nothing is guessed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core import prose
from incidents import rollups
from incidents.rollups import HarmSum
from reports.blocks import Block, Cell, Section, column, items, section, table, text
from reports.figures import Ask, Issue, Ledger, harm_cell, harm_figure
from reports.sections import breakdowns
from reports.sections.breakdowns import Row
from reports.sentences import told

CIVILIANS = ("civilians",)
SECURITY = ("security_forces",)
# UCDP tells the dead of the two sides of a fight, not what the sides are.
SIDES = ("side_a", "side_b")
STATE = ("state_force", "auxiliary_force", "pmc", "international_force")
ATTRIBUTED = {"role": "perpetrator", "attribution": "confirmed,probable"}
# Actors in one parameter; `core.parameters` takes no more.
MOST_ACTORS = 100

# What the JSON tells of an incident's dead and of who killed them, read once.
TOLD = ("attribution", "payload__estimates", "payload__actors")

Estimate = Mapping[str, Any]
Part = Mapping[str, Any]


def victims(issue: Issue, ledger: Ledger) -> Section:
    """Deaths of civilians, of security forces, of attackers; attacks and operations apart."""
    title = _("People killed, by who they were")
    if not issue.asked.listed:
        return section("victims", title, populations=[], kinds=[])
    told_of = issue.asked.rows().order_by("public_id").values_list(*TOLD)
    found = [(level, estimates or [], parts or []) for level, estimates, parts in told_of]
    rows = _populations(issue, ledger, [estimates for _level, estimates, _parts in found])
    perpetrators = [parts for level, _estimates, parts in found if level in rollups.CERTAIN]
    kinds = _kinds(issue, ledger, perpetrators)
    return section(
        "victims",
        title,
        _population_table(ledger, title, rows),
        _kind_table(kinds),
        items([told(_population_note()), told(_kind_note())])
        if kinds
        else items([told(_population_note())]),
        populations=rows,
        kinds=kinds,
    )


def _population_note() -> str:
    return _(
        "A population is counted only where a source divides the toll of an incident; the rest is "
        "not told apart. Shares are of people killed, best estimates, without attackers."
    )


def _kind_note() -> str:
    return _(
        "Operations are incidents that are attributed, confirmed or probable, to state forces, "
        "their auxiliaries, private military companies or international forces. An incident with "
        "perpetrators of both kinds counts in both rows."
    )


def preferred(estimates: Iterable[Estimate], population: str) -> Estimate | None:
    """The estimate of an incident's deaths in a population: preferred, or the only one."""
    found = [
        one
        for one in estimates
        if one["harm"] == "killed" and one["population"] == population and one["measure"] == "count"
        and not one["is_self_interested"] and one.get("covers") is None
    ]  # fmt: skip
    chosen = [one for one in found if one["is_preferred"]] or found
    return chosen[0] if len(chosen) == 1 else None


def _summed(incidents: Iterable[list[Estimate]], populations: Iterable[str]) -> tuple[int, HarmSum]:
    """How many incidents tell one of the populations, and their deaths."""
    wanted, number, harm = tuple(populations), 0, HarmSum()
    for estimates in incidents:
        parts = [one for one in (preferred(estimates, name) for name in wanted) if one is not None]
        number += bool(parts)
        for one in parts:
            harm += rollups.one(one["low"], one["best"], one["high"])
    return number, harm


def _populations(issue: Issue, ledger: Ledger, estimates: list[list[Estimate]]) -> list[Row]:
    labels = {
        "civilians": (_("civilians"), CIVILIANS),
        "security_forces": (_("military and security forces"), SECURITY),
        "sides": (_("fighters of the sides, not told which"), SIDES),
    }
    rows, apart = [], 0
    for code, (label, populations) in labels.items():
        number, harm = _summed(estimates, populations)
        if code == "sides" and not number:
            continue
        apart += harm.best
        figure = _figure(harm, number) if number else _nobody()
        entry = ledger.enter(
            f"victims.{code}", issue.asked, label=label, told=number, killed=figure
        )
        rows.append({"code": code} | entry)
    total = ledger.data("totals")
    rest = max(total["killed"]["best"] - apart, 0)
    entry = ledger.enter("victims.rest", issue.asked, label=_("not told apart"), killed_best=rest)
    rows.append({"code": "rest"} | entry)
    attackers = {"code": "attackers", "label": _("attackers (not among the people killed)")}
    rows.append(attackers | total["attackers_killed"] | {"label": attackers["label"]})
    return rows


def _figure(harm: HarmSum, incidents: int) -> dict[str, Any]:
    """A sum in words; as it stands where sources gave single figures without bounds."""
    figure = harm_figure(harm, incidents)
    if harm.high is None and not harm.low and harm.best:
        said = prose.count(harm.best)
        figure |= {"text": said, "short": said, "notes": []}
    return figure


def _nobody() -> dict[str, Any]:
    """What stands where no incident tells the population."""
    nobody = _("not told")
    return HarmSum().as_dict() | {"text": nobody, "short": nobody, "notes": []}


def _population_table(ledger: Ledger, title: str, rows: list[Row]) -> Block | None:
    total = ledger.data("totals")
    filled = []
    for row in rows:
        if row["code"] == "rest":
            number = row["killed_best"]
            killed: Cell = {"text": prose.count(number), "value": number, "key": row["key"],
                            "query": row["query"]}  # fmt: skip
            killed["value"] = {"low": None, "best": number, "high": None}
        elif row["code"] == "attackers":
            killed = harm_cell(row, row)
        else:
            killed = harm_cell(row, row["killed"])
        best = row["killed_best"] if row["code"] == "rest" else killed["value"]["best"]
        is_told = row.get("told", 1) > 0
        share = breakdowns.percent(best, total["killed"]["best"] if is_told else 0)
        is_apart = row["code"] == "attackers"
        filled.append([text(row["label"]), killed, text("–") if is_apart else share,
                       _telling(row)])  # fmt: skip
    columns = [
        column("population", _("Who")),
        column("killed", _("People killed"), "harm"),
        column("killed_share", _("Share of people killed"), "percent"),
        column("told", _("Incidents that tell"), "count"),
    ]
    return table("victims", title, columns, filled)


def _telling(row: Row) -> Cell:
    return text(prose.count(row["told"]), value=row["told"]) if "told" in row else text("–")


def _kinds(issue: Issue, ledger: Ledger, certain: list[list[Part]]) -> list[Row]:
    """Incidents attributed to armed groups, to state forces, to neither."""
    kinds = _actor_kinds(issue.asked, certain)
    operations = [slug for slug, kind in kinds.items() if kind in STATE]
    attacks = [slug for slug, kind in kinds.items() if kind not in STATE]
    rows = [
        _of_actors(issue, ledger, "attacks", _("attacks attributed to armed groups"), attacks),
        _of_actors(issue, ledger, "operations", _("operations of state and allied forces"),
                   operations),
    ]  # fmt: skip
    label = _("no attribution confirmed or probable")
    ask = issue.asked.part(attribution="suspected,disputed,unknown")
    rows.append(_kind_row(ledger, "unattributed", label, ask))
    return [row for row in rows if row is not None]


def _actor_kinds(ask: Ask, certain: list[list[Part]]) -> dict[str, str]:
    """Kind of each perpetrator of surely attributed incidents, as the record tells it."""
    found = {
        part["actor"]: part["kind"]
        for parts in certain
        for part in parts
        if part["actor"] and part["role"] == "perpetrator"
    }
    within = set(ask.question.involved) if "actor" in ask.parameters else set(found)
    return {slug: kind for slug, kind in sorted(found.items()) if slug in within}


def _of_actors(issue: Issue, ledger: Ledger, code: str, label: str, slugs: list[str]) -> Row | None:
    """None where there is nobody of the kind, or more than one question can name."""
    if not 0 < len(slugs) <= MOST_ACTORS:
        return None
    ask = issue.asked.part(actor=",".join(slugs), **ATTRIBUTED)
    return _kind_row(ledger, code, label, ask)


def _kind_row(ledger: Ledger, code: str, label: str, ask: Ask) -> Row:
    found = breakdowns.summed(ask)
    attackers = harm_figure(found.attackers_killed, found.incidents)
    row = breakdowns.figure(
        ledger, f"violence.{code}", ask, label, found.incidents, found.killed,
        attackers_killed=attackers,
    )  # fmt: skip
    return {"code": code} | row


def _kind_table(rows: list[Row]) -> Block | None:
    title = _("Attacks and operations")
    columns = [
        *breakdowns.columns("kind", _("Kind of violence")),
        column("attackers_killed", _("Attackers killed"), "harm"),
    ]
    filled = [[*breakdowns.cells(row), breakdowns.harm_of(row, "attackers_killed")] for row in rows]
    return table("violence", title, columns, filled)
