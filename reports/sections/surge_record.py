"""How the surge rules did before: hits and misses over two years, and the rules in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core import prose
from reports.blocks import Block, Cell, column, table, text
from reports.figures import Ask, Ledger
from reports.rules import surge_rules
from reports.rules.surge_rules import Score, Series
from reports.sentences import Sentence, paged, told


def scores(series: Iterable[Series], known: int) -> dict[str, Score]:
    found = {"highest": Score(), "C1": Score(), "C2": Score(), "C3": Score()}
    weekly = {name: score for name, score in found.items() if name != "highest"}
    for one in series:
        surge_rules.judge_highest(one.deaths, known, found["highest"])
        surge_rules.judge_weeks(one.incidents, known, weekly)
    return found


def as_data(score: Score) -> dict[str, int]:
    return {
        "points": score.points, "flags": score.flags, "hits": score.hits,
        "false_alarms": score.false_alarms, "misses": score.misses, "raised": score.raised,
    }  # fmt: skip


def record(ask: Ask, ledger: Ledger, scores: dict[str, Score]) -> Block | None:
    """The table of hits and misses; None where no rule could be judged."""
    if not any(score.points for score in scores.values()):
        return None
    query = ask.query(interval="month").replace("/incidents/?", "/incidents/timeline/?")
    rows = []
    for name, score in scores.items():
        figure = ledger.note(f"surges.record.{name}", query, **as_data(score))
        label = _("30 days, highest") if name == "highest" else name
        numbers = (score.points, score.flags, score.hits, score.false_alarms, score.misses)
        cells: list[Cell] = [text(label)]
        cells += [text(prose.count(n), value=n, key=figure["key"]) for n in numbers]
        rows.append([*cells, _share(score.hits, score.flags), _share(score.raised, score.points)])
    columns = [
        column("rule", _("Rule")),
        column("points", _("Times judged"), "count"),
        column("flags", _("Flags"), "count"),
        column("hits", _("Hits"), "count"),
        column("false_alarms", _("False alarms"), "count"),
        column("misses", _("Misses"), "count"),
        column("hit_share", _("Hits among flags"), "percent"),
        column("raised_share", _("Raised without regard to flags"), "percent"),
    ]
    note = _(
        "All places of this report over the two years before the end of the period, as the record "
        "knows them now. A rule tells something where the share of hits is well above the last "
        "column, the share of all times that a raised time followed."
    )
    title = _("How the rules did before")
    return table("surge_record", title, columns, rows, note=note)


def behind(ask: Ask, scores: dict[str, Score]) -> list[Sentence]:
    rows = paged(_("incidents of these years"), f"/incidents/?{ask.question.as_query()}")
    said = [told(_("The rules look at the %(rows)s, day by day."), rows=rows)]
    if not any(score.points for score in scores.values()):
        said.append(told(_("The record does not reach back far enough to judge them.")))
    return said


def _share(part: int, whole: int) -> Cell:
    if not whole:
        return text("–", value=None)
    share = round(part / whole * 100)
    return text(_("%(share)s%%") % {"share": share}, value=share)


def rules() -> list[Sentence]:
    """The rules and what counts as a hit, for readers."""
    said = [
        _("30 days, highest: at least %(deaths)s people killed in the last 30 days, and more than "
          "in any 30 days of the year, or of the three years, before them (as in HDX Signals).")
        % {"deaths": surge_rules.MINIMUM_DEATHS},
        _("C1, C2 and C3: incidents of a week, at least %(incidents)s, against weeks before it "
          "(Early Aberration Reporting System, Hutwagner and others 2003): C1 the seven weeks "
          "before, C2 seven weeks ending two weeks earlier, each above the mean by three standard "
          "deviations of at least one incident; C3 where the last three weeks together lie more "
          "than two standard deviations beyond one above the means of C2.")
        % {"incidents": surge_rules.MINIMUM_INCIDENTS},
        _("A flag is a hit if the next 30 days (rule of 30 days) or the next week (C1 to C3) held "
          "at least the minimum and more than 1.25 times the mean of the year before; else a false "
          "alarm. Such a time without a flag before it is a miss. Incidents dated to a month or "
          "less exactly are left out, and a toll for several incidents counts by their shares."),
    ]  # fmt: skip
    return [[{"text": text}] for text in said]
