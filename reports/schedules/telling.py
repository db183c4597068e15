"""Whether readers may know what a schedule is about: a report on anything else would tell it."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from incidents.models import Campaign
from reports.models import ReportSchedule


class SubjectUntold(Exception):
    """The group or campaign of a schedule is one that readers may not know of; says why."""


def untold(schedule: ReportSchedule) -> Model | None:
    """The group or campaign that keeps it from being reported; None where readers may know it.

    One that was told of becomes untold again when the last incident that told of it is withdrawn.
    """
    subject: Any = schedule.actor or schedule.campaign
    return None if subject is None or is_told(subject) else subject


def is_told(subject: Any) -> bool:
    """Whether readers may know of a group or campaign."""
    return bool(type(subject)._default_manager.told().filter(pk=subject.pk).exists())


def why(subject: Any) -> str:
    """Why readers may not know of it, and what would change that."""
    if isinstance(subject, Campaign):
        return _(
            "Readers may not know of the campaign “%(name)s”: no published incident is in it, and "
            "it is not marked as public. Publish an incident in it, or tick “Readers may see it "
            "now” in its form."
        ) % {"name": subject}
    return _(
        "Readers may not know of the group “%(name)s”: nothing that is published names it, and it "
        "has neither a source nor a relation of its own. Publish an incident that names it, or add "
        "a source to it."
    ) % {"name": subject}


def refuse_untold(schedule: ReportSchedule) -> None:
    """Raises SubjectUntold."""
    if subject := untold(schedule):
        raise SubjectUntold(why(subject))
