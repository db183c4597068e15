"""Title, edition, period, data cut-off, next issue, what is counted, how to cite."""

from typing import Any

from django.utils.translation import gettext as _

from core import prose
from core.dates import moment_text
from incidents.choices import Dataset
from reports.blocks import Section, facts, items, section
from reports.choices import Topic
from reports.figures import Issue, Ledger
from reports.sentences import Sentence, told

SCHEMA = "vigil-situation-report/2"


def header(issue: Issue, ledger: Ledger) -> Section:
    """What the report is; its data is the machine-readable head of the whole document."""
    schedule, period = issue.schedule, issue.period
    following = next_issue(issue)
    name = title(issue)
    cite = _("Vigil, “%(title)s”, no. %(number)s, edition %(edition)s, data of %(moment)s.") % {
        "title": name,
        "number": str(period),
        "edition": issue.edition,
        "moment": prose.moment(issue.record_at),
    }
    said = [
        (_("Period"), told(period.label)),
        (_("Edition"), told(str(issue.edition))),
        (_("Data cut-off"), told(prose.moment(issue.record_at))),
        (_("Data set"), told(str(Dataset(schedule.dataset).label))),
    ]
    if following:
        due = _("%(period)s, due on %(day)s")
        next_said = told(due, period=following["label"], day=following["due_text"])
        said.append((_("Next issue"), next_said))
    return section(
        "header",
        _("About this report"),
        facts(*said),
        items(definitions(issue)),
        schema=SCHEMA,
        title=name,
        number=str(period),
        edition=issue.edition,
        schedule=schedule.slug,
        cadence=schedule.cadence,
        topic=schedule.topic,
        language=schedule.language,
        dataset=schedule.dataset,
        scope={"name": schedule.place_name, "subject": schedule.subject_name}
        | {"parameters": issue.scope},
        period={
            "start": period.first.isoformat(),
            "end": period.last.isoformat(),
            "label": period.label,
        },
        due_at=moment_text(issue.cutoff_at),
        data_cutoff={
            "seq": issue.record_seq,
            "at": moment_text(issue.record_at),
            "text": prose.moment(issue.record_at),
        },
        next_issue=following,
        cite_as=cite,
        licence=licence(issue),
    )


def title(issue: Issue) -> str:
    """The schedule's own name, or place and subject; always with the period."""
    schedule = issue.schedule
    values = {
        "name": schedule.name,
        "place": schedule.place_name,
        "subject": schedule.subject_name,
        "period": issue.period.label,
    }
    if schedule.name:
        return _("%(name)s, %(period)s") % values
    if schedule.topic != Topic.GENERAL:
        return _("%(place)s: %(subject)s, %(period)s") % values
    return _("%(place)s: situation report, %(period)s") % values


def next_issue(issue: Issue) -> dict[str, Any] | None:
    """The period that comes next and when it is due; None for a report asked for once."""
    schedule = issue.schedule
    if not schedule.is_active:
        return None
    following = issue.period.following
    due = following.cutoff(schedule.cutoff_days, schedule.zone).astimezone(schedule.zone).date()
    return {
        "period": str(following),
        "label": following.label,
        "due_on": due.isoformat(),
        "due_text": prose.day(due),
    }


def licence(issue: Issue) -> str:
    own = _("Vigil's own text and figures: CC BY 4.0.")
    if issue.schedule.dataset != Dataset.UCDP:
        return own
    return own + " " + _("Events: Uppsala Conflict Data Program, UCDP GED, CC BY 4.0.")


def definitions(issue: Issue) -> list[Sentence]:
    said = [
        _("An incident is one event, continuous in time and place. It counts in the period of its "
          "first day."),
        _("Killed, wounded and abducted are counted apart; deaths of attackers are a line of "
          "their own and never added to the others."),
        _("An actor is named as attributed only where the attribution is confirmed or probable."),
    ]  # fmt: skip
    sentences = [told(text) for text in said]
    if issue.schedule.body is not None:
        member = _("An incident counts for %(body)s if the country was a member on the day; a "
                   "suspended member is still a member.")  # fmt: skip
        sentences.append(told(member, body=issue.schedule.place_name))
    return sentences
