"""The sections of a report that count incidents. All sums come from `incidents.rollups`."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core import prose
from incidents import rollups
from incidents.rollups import HARMS, ActorGroup, Group, Totals
from incidents.sentences import NAMES
from reports.figures import Ask, Issue, Ledger, harm_figure
from reports.periods import Month

TREND_MONTHS = 12
# The parameters that list the rows of an actor's figure, by certainty.
TIES = {
    "attributed": {"role": "perpetrator", "attribution": "confirmed,probable"},
    "suspected": {"role": "perpetrator", "attribution": "suspected,disputed,unknown"},
    "accused": {"role": "accused"},
    "party": {"role": "party"},
}


def harm_label(harm: str) -> str:
    return {
        "killed": _("people killed"),
        "wounded": _("people wounded"),
        "abducted": _("people abducted"),
        "displaced": _("people displaced"),
        "attackers_killed": _("attackers killed"),
    }[harm]


def tie_label(certainty: str) -> str:
    return {
        "attributed": _("attribution confirmed or probable"),
        "suspected": _("attribution suspected, disputed or unknown"),
        "accused": _("accused"),
        "party": _("party to the fighting, no direction stated"),
    }[certainty]


def totals(issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """Incidents and every harm in the period; attackers' deaths are a line of their own."""
    found = rollups.totals(issue.period.rows())
    return _totals(ledger, "total", issue.period, found) | {
        "rule": found.rule,
        "combined_tolls": found.combined_tolls,
        "mixed_scopes": found.mixed_scopes,
    }


def _totals(ledger: Ledger, key: str, ask: Ask, found: Totals) -> dict[str, Any]:
    label = _("incidents")
    told: dict[str, Any] = {
        "incidents": ledger.enter(f"{key}.incidents", ask, label=label, count=found.incidents)
    }
    for harm in HARMS:
        figure = harm_figure(getattr(found, harm), found.incidents)
        told[harm] = ledger.enter(f"{key}.{harm}", ask, label=harm_label(harm), **figure)
    return told


def comparison(issue: Issue, ledger: Ledger) -> list[dict[str, Any]]:
    """The month before and the same month a year before, from the same state of the record."""
    now = ledger.content["totals"]
    rows = []
    for key, back in (("previous_month", -1), ("year_before", -12)):
        month = issue.month.shifted(back)
        ask = issue.during(month)
        found = rollups.totals(ask.rows())
        then = _totals(ledger, key, ask, found)
        rows.append(
            {
                "key": key,
                "period": str(month),
                "label": month.label,
                "incidents": then["incidents"],
                "killed": then["killed"],
                "change": {
                    "incidents": now["incidents"]["count"] - found.incidents,
                    "killed_best": now["killed"]["best"] - found.killed.best,
                },
            }
        )
    return rows


def _row(ledger: Ledger, key: str, ask: Ask, label: str, group: Group | ActorGroup) -> Any:
    killed = harm_figure(group.killed, group.incidents)
    return ledger.enter(key, ask, label=label, incidents=group.incidents, killed=killed)


def _breakdown(issue: Issue, ledger: Ledger, parameter: str, groups: Iterable[Group]) -> Any:
    found = [group for group in groups if group.key]
    names = NAMES[parameter]([group.key for group in found])
    return [
        {"code": group.key}
        | _row(
            ledger,
            f"{parameter}.{group.key}",
            issue.period.narrowed(**{parameter: group.key}),
            names.get(group.key, group.key),
            group,
        )
        for group in found
    ]


def countries(issue: Issue, ledger: Ledger) -> Any:
    """By country, for a body; empty for a country's own report."""
    if issue.schedule.country is not None:
        return []
    return _breakdown(issue, ledger, "country", rollups.by(issue.period.rows(), "country"))


def types(issue: Issue, ledger: Ledger) -> Any:
    return _breakdown(issue, ledger, "type", rollups.by(issue.period.rows(), "type"))


def attributions(issue: Issue, ledger: Ledger) -> Any:
    """By how sure the attribution is; the unattributed always have their row."""
    return _breakdown(issue, ledger, "attribution", rollups.by(issue.period.rows(), "attribution"))


def targets(issue: Issue, ledger: Ledger) -> Any:
    return _breakdown(issue, ledger, "target", rollups.by_term(issue.period.rows(), "targets"))


def weapons(issue: Issue, ledger: Ledger) -> Any:
    return _breakdown(issue, ledger, "weapon", rollups.by_term(issue.period.rows(), "weapons"))


def actors(issue: Issue, ledger: Ledger) -> Any:
    """Deaths by actor; attributed, suspected, accused and mere parties are rows apart."""
    groups = rollups.by_actor(issue.period.rows())
    names = NAMES["actor"]([group.actor for group in groups])
    return [
        {
            "code": group.actor,
            "certainty": group.certainty,
            "certainty_label": tie_label(group.certainty),
        }
        | _row(
            ledger,
            f"actor.{group.certainty}.{group.actor}",
            issue.period.narrowed(actor=group.actor, **TIES[group.certainty]),
            names.get(group.actor, group.actor),
            group,
        )
        for group in groups
    ]


def trend(issue: Issue, ledger: Ledger) -> list[dict[str, Any]]:
    """Incidents and deaths of the twelve months that end with the period; empty months too."""
    first = issue.month.shifted(1 - TREND_MONTHS)
    whole = issue.during(first, issue.month)
    found = {Month.of(group.key): group for group in rollups.by_period(whole.rows(), "month")}
    rows = []
    for back in range(TREND_MONTHS):
        month = first.shifted(back)
        group = found.get(month) or Group(month.first, 0, rollups.HarmSum())
        ask = issue.during(month)
        row = _row(ledger, f"trend.{month}", ask, month.label, group)
        rows.append({"period": str(month)} | row)
    return rows


def abductions(issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """Hostage-taking in the period. Open cases show country and month only."""
    ask = issue.period.narrowed(group="hostage")
    found = rollups.totals(ask.rows())
    taken = harm_figure(found.abducted, found.incidents)
    text = _("No hostage-taking is recorded in the period.")
    if found.incidents:
        text = _("Incidents of hostage-taking: %(incidents)s; people taken in them: %(taken)s.") % {
            "incidents": prose.count(found.incidents),
            "taken": taken["text"],
        }
    return ledger.enter("abductions", ask, incidents=found.incidents, abducted=taken, text=text)
