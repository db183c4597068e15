"""How the report was made: rules, definitions, abbreviations. The head has citation and licence."""

from django.utils.translation import gettext as _

from core import prose
from incidents.choices import Dataset
from reports.blocks import Block, Section, items, section, table
from reports.blocks import column as column_of
from reports.blocks import text as cell
from reports.figures import Issue, Ledger
from reports.rules import arrows
from reports.sections.notable import LEADING
from reports.sentences import Sentence, paged, told

# What is counted is reported against this definition; Vigil judges nobody by it.
CONVENTION = "https://au.int/en/treaties/oau-convention-prevention-and-combating-terrorism"


def method(issue: Issue, ledger: Ledger) -> Section:
    """For somebody who wants to repeat the report."""
    return section(
        "method",
        _("Method and definitions"),
        items(_rules(issue)),
        items(_definitions()),
        _abbreviations(issue),
        convention=CONVENTION,
    )  # fmt: skip


def _rules(issue: Issue) -> list[Sentence]:
    said = [
        _("Every figure is computed from version %(seq)s of Vigil's public record and carries the "
          "query that lists the rows behind it.") % {"seq": prose.count(issue.record_seq)},
        _("Sums: lowest figures are added where known; best figures are added, the lowest standing "
          "in where no best is known; highest figures are added only where all are known."),
        _("Targets, weapons and actors: an incident with several counts once in each row, so that "
          "these rows do not add up to the total."),
        _("Attackers’ deaths are a line of their own. Suspected attributions have rows of their "
          "own, apart from confirmed and probable ones."),
        _("Conditions such as blockades are counted in days, never as attacks; the first day is "
          "day 0. Members and missions are as known when the report was built."),
        _("Headlines: the %(n)s incidents with the most people killed, then the most abducted; "
          "protected cases are never among them.") % {"n": prose.spelled(LEADING)},
        arrows.rule(),
        _("Places are shown no finer than may be shown; open hostage cases show country and month "
          "only. Dates less exact than the period are left out and counted in the notes."),
        _("Sentences, tables and drawings are generated from the record; what analysts wrote is "
          "marked as theirs."),
        _("Every table as CSV and the whole report as JSON are at the report’s own address; every "
          "figure links to the rows behind it."),
    ]  # fmt: skip
    sentences = [[{"text": text}] for text in said]
    more = paged(_("How Vigil counts"), "/methods/")
    return [*sentences, told(_("%(link)s has the rules in full."), link=more)]


def _definitions() -> list[Sentence]:
    said = [
        _("Scope: extremist violence in Africa and what answers it. For reference, the African "
          "Union defines what it calls terrorist acts in the OAU Convention on the Prevention and "
          "Combating of Terrorism (Algiers, 1999), Article 1(3), with the exception of Article 3. "
          "Vigil records acts and does not rule on whether one meets the definition."),
        _("Killed, wounded, abducted and displaced are counted apart."),
        _("Attributed: confirmed or probable. Suspected: a reason is given, but no proof. Accused: "
          "until an investigation has ended. Party: a side of a fight without a direction."),
    ]  # fmt: skip
    return [told(text) for text in said]


def _abbreviations(issue: Issue) -> Block | None:
    """Short names of the armed groups and forces of the period, and the fixed ones."""
    pairs = {
        _("AU"): _("African Union"),
        _("OAU"): _("Organisation of African Unity"),
    }
    if issue.schedule.dataset == Dataset.UCDP:
        pairs["GED"] = _("Georeferenced Event Dataset")
        pairs["UCDP"] = _("Uppsala Conflict Data Program")
    body = issue.schedule.body
    if body is not None and body.short_name:
        pairs[issue.schedule.place_name] = body.name
    pairs |= _short_names(issue)
    columns = [column_of("short", _("Abbreviation")), column_of("name", _("Stands for"))]
    rows = [[cell(short), cell(pairs[short])] for short in sorted(pairs)]
    return table("abbreviations", _("Abbreviations"), columns, rows)


def _short_names(issue: Issue) -> dict[str, str]:
    """From the public payload of the incidents, so that nobody else is named."""
    found: dict[str, str] = {}
    rows: list[list[dict[str, str]]] = list(
        issue.asked.rows().order_by("public_id").values_list("payload__actors", flat=True)[:1000]
    )
    for parts in rows:
        for part in parts or []:
            short, name = part.get("short_name"), part["name"]
            if short and short != name:
                found[short] = name
    return found
