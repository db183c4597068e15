"""What a report says in sentences: neutral, from the figures alone, in the active language.

Rules of language are those of the domain reference D1: killed, wounded and abducted apart, "at
least" where something is missing, attackers never among the victims, no judgement.
"""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from core.dates import moment_text
from incidents.choices import Dataset
from reports.figures import Issue, Ledger

SCHEMA = "vigil-situation-report/1"
VAGUE = ("month", "quarter", "year")


def header(issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """Title, period, data cut-off, next issue, and what is counted."""
    schedule, month = issue.schedule, issue.month
    return {
        "schema": SCHEMA,
        "title": title(issue),
        "number": str(month),
        "edition": issue.edition,
        "schedule": schedule.slug,
        "language": schedule.language,
        "dataset": schedule.dataset,
        "dataset_label": str(Dataset(schedule.dataset).label),
        "scope": schedule.place | {"name": schedule.place_name},
        "period": {
            "start": month.first.isoformat(),
            "end": month.last.isoformat(),
            "label": month.label,
        },
        "due_at": moment_text(issue.cutoff_at),
        "data_cutoff": {
            "seq": issue.record_seq,
            "at": moment_text(issue.record_at),
            "text": prose.moment(issue.record_at),
        },
        "next_issue": next_issue(issue),
        "definitions": definitions(issue),
        "cite_as": _("Vigil, “%(title)s”, no. %(number)s, edition %(edition)s, data of %(moment)s.")
        % {
            "title": title(issue),
            "number": month,
            "edition": issue.edition,
            "moment": prose.moment(issue.record_at),
        },
        "licence": licence(issue),
    }


def next_issue(issue: Issue) -> dict[str, str] | None:
    """The month that comes next and when it is due; None for a report that was asked for once."""
    if not issue.schedule.is_active:
        return None
    following = issue.month.shifted(1)
    due = following.cutoff(issue.schedule.cutoff_days).date()
    return {
        "period": str(following),
        "label": following.label,
        "due_on": due.isoformat(),
        "due_text": prose.day(due),
    }


def title(issue: Issue) -> str:
    return _("%(place)s: situation report, %(month)s") % {
        "place": issue.schedule.place_name,
        "month": issue.month.label,
    }


def licence(issue: Issue) -> str:
    own = _("Vigil's own text and figures: CC BY 4.0.")
    if issue.schedule.dataset != Dataset.UCDP:
        return own
    return own + " " + _("Events: Uppsala Conflict Data Program, UCDP GED, CC BY 4.0.")


def definitions(issue: Issue) -> list[str]:
    told = [
        _("An incident is one event, continuous in time and place. It counts in the month of its "
          "first day."),
        _("Killed, wounded and abducted are counted apart; deaths of attackers are a line of "
          "their own and never added to the others."),
        _("An actor is named as attributed only where the attribution is confirmed or probable."),
    ]  # fmt: skip
    if issue.schedule.body is not None:
        told.append(
            _("An incident counts for %(body)s if the country was a member on the day; a "
              "suspended member is still a member.") % {"body": issue.schedule.place_name}
        )  # fmt: skip
    return told


def summary(issue: Issue, ledger: Ledger) -> list[str]:
    """The situation in a few sentences."""
    content = ledger.content
    figures = content["totals"]
    number = figures["incidents"]["count"]
    place = {"place": issue.schedule.place_name, "month": issue.month.label}
    if not number:
        none = _("%(place)s, %(month)s: the record holds no incident that began in the period.")
        return [none % place]
    told = [
        ngettext(
            "%(place)s, %(month)s: %(incidents)s incident is recorded.",
            "%(place)s, %(month)s: %(incidents)s incidents are recorded.",
            number,
        )
        % (place | {"incidents": prose.count(number)}),
        _("People killed: %(killed)s; wounded: %(wounded)s; abducted: %(abducted)s.")
        % {harm: figures[harm]["text"] for harm in ("killed", "wounded", "abducted")},
    ]
    if figures["attackers_killed"]["missing"] < number:
        told.append(
            _("Attackers killed, not included above: %(number)s.")
            % {"number": figures["attackers_killed"]["text"]}
        )
    told += [_compared(row) for row in content["comparison"]]
    told += [wave["text"] for wave in content["waves"]]
    told += [condition["text"] for condition in content["conditions"]]
    return told


def _compared(row: dict[str, Any]) -> str:
    values = {
        "month": row["label"],
        "incidents": prose.count(row["incidents"]["count"]),
        "killed": row["killed"]["text"],
    }
    if not row["incidents"]["count"]:
        return _("For comparison, %(month)s: no incident recorded.") % values
    return _("For comparison, %(month)s: incidents %(incidents)s, people killed %(killed)s.") % (
        values
    )


def notes(issue: Issue, ledger: Ledger) -> list[str]:
    """Data notes and gaps: whatever makes the figures less than they seem."""
    rows = issue.period.rows()
    figures = ledger.content["totals"]
    number = figures["incidents"]["count"]
    told = [
        *_counting_notes(figures, number),
        *_row_notes(
            rows.filter(date_precision__in=VAGUE).count(),
            rows.filter(checked="unverified").count(),
        ),
    ]
    newest = issue.everything().rows().aggregate(day=Max("date_start"))["day"]
    if newest is None or newest < issue.month.first:
        told.append(
            _("The newest recorded incident began on %(day)s: an empty month may mean that "
              "nothing has been entered yet.") % {"day": prose.day(newest)}
            if newest
            else _("The record holds nothing about this place yet.")
        )  # fmt: skip
    if issue.record_at > issue.cutoff_at:
        told.append(
            _("The report was due on %(due)s and rests on what was known on %(known)s.")
            % {"due": prose.day(issue.cutoff_at), "known": prose.day(issue.record_at)}
        )
    return told


def _counting_notes(figures: dict[str, Any], number: int) -> list[str]:
    told = []
    missing = figures["killed"]["missing"]
    if missing:
        told.append(
            ngettext(
                "%(n)s incident gives no number of people killed.",
                "%(n)s incidents give no number of people killed.",
                missing,
            )
            % {"n": prose.count(missing)}
        )
    if figures["killed"]["is_minimum"]:
        told.append(_("Where no best figure is known the lowest stands in: the sum is a minimum."))
    if number and figures["killed"]["high"] is None:
        told.append(_("Some incidents have no upper figure, so that no upper sum can be given."))
    if figures["combined_tolls"]:
        told.append(
            _("A toll that a source gives for several incidents together is counted once, "
              "instead of their own figures.")
        )  # fmt: skip
    if figures["mixed_scopes"]:
        told.append(_("Some tolls include attackers or one side only; see each incident."))
    return told


def _row_notes(vague: int, unverified: int) -> list[str]:
    told = []
    if vague:
        told.append(
            ngettext(
                "%(n)s incident is dated to a month or less exactly; it counts by its first "
                "possible day.",
                "%(n)s incidents are dated to a month or less exactly; they count by their first "
                "possible day.",
                vague,
            )
            % {"n": prose.count(vague)}
        )
    if unverified:
        told.append(
            ngettext(
                "%(n)s incident still needs a primary source.",
                "%(n)s incidents still need a primary source.",
                unverified,
            )
            % {"n": prose.count(unverified)}
        )
    return told


def method(issue: Issue, ledger: Ledger) -> list[str]:
    """How the report was made, for somebody who wants to repeat it."""
    return [
        _("Every figure is computed from version %(seq)s of Vigil's public record and carries the "
          "query that lists the rows behind it.") % {"seq": prose.count(issue.record_seq)},
        _("Sums: lowest figures are added where known; best figures are added, the lowest standing "
          "in where no best is known; highest figures are added only where all are known."),
        _("Targets, weapons and actors: an incident with several counts once in each row, so that "
          "these rows do not add up to the total."),
        _("Conditions such as blockades are counted in days, never as attacks. Members and "
          "missions are as known when the report was built."),
    ]  # fmt: skip
