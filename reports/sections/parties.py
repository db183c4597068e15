"""Who: deaths by group and by how sure the attribution is, own losses, claims, lineage."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from actors.lineage import predecessors
from actors.models import Actor
from core import prose
from incidents import rollups
from incidents.querysets import RecordQuerySet
from incidents.rollups import Group, HarmSum
from incidents.sentences import NAMES_IN_RECORD
from reports.blocks import Block, Section, column, items, section, table, text
from reports.figures import Ask, Issue, Ledger, harm_figure
from reports.sections import breakdowns
from reports.sections.breakdowns import Row
from reports.sentences import Sentence, told

# The parameters that list the rows of an actor's figure, by certainty.
TIES = {
    "attributed": {"role": "perpetrator", "attribution": "confirmed,probable"},
    "suspected": {"role": "perpetrator", "attribution": "suspected,disputed,unknown"},
    "accused": {"role": "accused"},
    "claimed": {"role": "claimant"},
    "party": {"role": "party"},
}
# Ties in which a group is held to have caused the deaths.
LOSSES = ("attributed",)
# Rows of each certainty, the most deaths first.
MOST = 40


def tie_label(certainty: str) -> str:
    return {
        "attributed": _("attribution confirmed or probable"),
        "suspected": _("attribution suspected, disputed or unknown"),
        "accused": _("accused"),
        "claimed": _("claimed by the group"),
        "party": _("party to the fighting, no direction stated"),
    }[certainty]


def actors(issue: Issue, ledger: Ledger) -> Section:
    """By group; attributed, suspected, accused, claimed and mere parties are rows apart."""
    rows = [row for certainty in TIES for row in _of_certainty(issue, ledger, certainty)]
    lines = _with_predecessors(issue, ledger, rows)
    title = _("By group")
    return section(
        "actors",
        title,
        _actor_table(title, rows),
        _lineage_table(lines),
        items(_footnotes(issue, rows)),
        rows=rows,
        lineage=lines,
    )


def attributions(issue: Issue, ledger: Ledger) -> Section:
    """By how sure the attribution is; what nobody knows the author of has its row."""
    title = _("By attribution")
    found = breakdowns.groups(issue.asked, "attribution")
    if found and all(group.key != "unknown" for group in found):
        found.append(Group("unknown", 0, HarmSum()))
    rows = breakdowns.entered(ledger, issue.asked, "attribution", found)
    totals = ledger.data("totals")
    filled = [
        [
            *breakdowns.cells(row),
            breakdowns.percent(row["incidents"], totals["incidents"]["count"]),
        ]
        for row in rows
    ]
    columns = [
        *breakdowns.columns("attribution", _("Attribution")),
        column("incidents_share", _("Share of incidents"), "percent"),
    ]
    return section("attributions", title, table("attributions", title, columns, filled), rows=rows)


def _tied(ask: Ask, certainty: str) -> list[Group]:
    """Actors that have the tie in some row with their incidents and deaths, most deaths first."""
    if not ask.listed:
        return []
    tie = TIES[certainty]
    groups = [
        Group(actor, group.incidents, group.killed)
        for group in rollups.by_term(_of_level(ask, tie), "actor_roles")
        for actor, _colon, role in [group.key.rpartition(":")]
        if role == tie["role"]
    ]
    if "actor" in ask.parameters:
        involved = set(ask.question.involved)
        groups = [group for group in groups if group.key in involved]
    return sorted(groups, key=lambda g: (-g.killed.best, -g.incidents, g.key))[:MOST]


def _of_level(ask: Ask, tie: dict[str, str]) -> RecordQuerySet:
    """The rows whose attribution is as sure as a tie says, or all."""
    rows = ask.rows()
    return (
        rows.filter(attribution__in=tie["attribution"].split(",")) if "attribution" in tie else rows
    )


def _of_certainty(issue: Issue, ledger: Ledger, certainty: str) -> list[Row]:
    """Rows of one certainty, the most deaths first."""
    tie = TIES[certainty]
    groups = _tied(issue.asked, certainty)
    names = NAMES_IN_RECORD["actor"]([group.key for group in groups])
    losses: dict[str, HarmSum] = {}
    if certainty in LOSSES and groups:
        rows = _of_level(issue.asked, tie)
        losses = rollups.harm_by_term(rows, "actor_roles", "attackers_killed")
    made = []
    for group in groups:
        more: dict[str, Any] = {}
        if certainty in LOSSES:
            lost = losses[f"{group.key}:{tie['role']}"]
            more = {"attackers_killed": harm_figure(lost, group.incidents)}
        row = breakdowns.figure(
            ledger,
            f"actor.{certainty}.{group.key}",
            issue.asked.part(actor=group.key, **tie),
            names.get(group.key, group.key),
            group.incidents,
            group.killed,
            **more,
        )
        kind = {"certainty": certainty, "certainty_label": tie_label(certainty)}
        made.append({"code": group.key} | kind | row)
    return made


def _actor_table(title: str, rows: list[Row]) -> Block | None:
    """Losses have their column where the record tells any."""
    label, incidents, killed = breakdowns.columns("actor", _("Group"))
    columns = [label, column("certainty", _("How surely")), incidents, killed]
    has_losses = any(_tells_losses(row) for row in rows)
    if has_losses:
        said = _("Attackers killed in these incidents")
        columns.append(column("attackers_killed", said, "harm"))
    filled = []
    for row in rows:
        name, *numbers = breakdowns.cells(row)
        certainty = text(row["certainty_label"], value=row["certainty"])
        cells = [name | {"path": f"/actors/{row['code']}/"}, certainty, *numbers]
        if has_losses:
            is_told = row["certainty"] in LOSSES
            cells.append(breakdowns.harm_of(row, "attackers_killed") if is_told else text("–"))
        filled.append(cells)
    return table("actors", title, columns, filled)


def _tells_losses(row: Row) -> bool:
    return row["certainty"] in LOSSES and row["attackers_killed"]["missing"] < row["incidents"]


def _with_predecessors(issue: Issue, ledger: Ledger, rows: list[Row]) -> list[Row]:
    """Groups whose predecessors have incidents of their own here, together with them."""
    if "actor" in issue.asked.parameters:
        return []
    certain = {row["code"] for row in rows if row["certainty"] == "attributed"}
    present = Actor.objects.filter(slug__in=certain).order_by("slug")
    lines = []
    for actor in present:
        older = {before.slug for before in predecessors(actor)} & certain
        if not older:
            continue
        tie = TIES["attributed"]
        ask = issue.asked.narrowed(actor=actor.slug, lineage="true", **tie)
        found = breakdowns.summed(ask)
        names = NAMES_IN_RECORD["actor"](sorted({actor.slug} | older))
        line = breakdowns.figure(
            ledger, f"lineage.{actor.slug}", ask, names[actor.slug], found.incidents, found.killed
        )
        lines.append({"code": actor.slug, "older": [names[slug] for slug in sorted(older)]} | line)
    return lines


def _lineage_table(lines: list[Row]) -> Block | None:
    title = _("Groups with those that they came from")
    label, *numbers = breakdowns.columns("actor", _("Group"))
    columns = [label, column("predecessors", _("Predecessors")), *numbers]
    filled = []
    for line in lines:
        name, incidents, killed = breakdowns.cells(line)
        filled.append([name, text(", ".join(line["older"])), incidents, killed])
    note = _("An incident that is attributed to several of them counts once.")
    return table("lineage", title, columns, filled, note=note)


def _footnotes(issue: Issue, rows: Iterable[Row]) -> list[Sentence]:
    """What keeps the rows from adding up."""
    several = 0
    for row in issue.asked.listed:
        authors = {pair for pair in row["actor_roles"] if pair.endswith(":perpetrator")}
        several += len(authors) > 1
    notes = []
    if several:
        notes.append(
            _("Incidents with several perpetrators count once for each of them: %(n)s of the "
              "incidents of the period.") % {"n": prose.count(several)}
        )  # fmt: skip
    by_certainty: dict[str, int] = defaultdict(int)
    for row in rows:
        by_certainty[row["certainty"]] += 1
    if by_certainty["claimed"]:
        notes.append(
            _("A claim says what a group says of itself; it is counted beside the attribution, "
              "never added to it.")
        )  # fmt: skip
    if by_certainty["attributed"]:
        notes.append(
            _("Attackers killed are those of all attackers in the incidents of the row, whether "
              "the group's own or of others who attacked with it.")
        )  # fmt: skip
    if MOST in by_certainty.values():
        notes.append(_("At most %(n)s groups of each kind are shown.") % {"n": prose.count(MOST)})
    return [told(note) for note in notes]
