"""What a database refusal means, in plain words and at the right field.

Each app says the words of its own constraints in `constraint_words.py`; `explain` turns the error
of the driver into them. A rule is thus written once in the database and once in words.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import DatabaseError, models
from django.db.models import ProtectedError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import prose

Text = str | Promise
# "… conflicts with existing key (…)=(1, 5, member, [1975-05-28,2025-01-29))."
_EXISTING = re.compile(r"existing key .*[\[(]([\d-]*),([\d-]*)[\])]")
# PostgreSQL's own name for `unique=True`: table, column, `key`; Django adds a hash in migrations.
_UNIQUE = re.compile(r"^(?P<rest>.+?)_(?:key|[0-9a-f]{8}_uniq)$")


@dataclass(frozen=True)
class Words:
    """What to say where a constraint refuses, and the fields that can mend it, nearest first."""

    message: Text
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """A refusal as people read it. `name` is the constraint, empty where there is none."""

    message: str
    fields: tuple[str, ...]
    name: str


WORDS: dict[str, Words] = {}


def say(words: Mapping[str, Words]) -> None:
    """Register an app's words. A constraint has one meaning: the same name twice is an error."""
    if twice := WORDS.keys() & words.keys():
        raise ValueError(f"Words are given twice for {', '.join(sorted(twice))}.")
    WORDS.update(words)


def explain(error: Exception, model: type[models.Model]) -> Explained:
    """The refusal of a write to `model` in words. Raises the error again if it is no refusal."""
    if isinstance(error, ProtectedError):
        return Explained(_in_use(error), (), "")
    if not isinstance(error, DatabaseError):
        raise error
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if not name:
        raise error
    if name in WORDS:
        period = _existing_period(getattr(diagnosis, "message_detail", None) or "")
        message = str(WORDS[name].message)
        return Explained(f"{message} {period}".strip(), WORDS[name].fields, name)
    if column := _unique_column(name, model):
        message = _("Another row has this already: choose something else.")
        return Explained(message, (column,), name)
    return Explained(_("The database refuses this row (rule “%s”).") % name, (), name)


def _existing_period(detail: str) -> str:
    """The period of the row that stands in the way; PostgreSQL ends it with the day after."""
    found = _EXISTING.search(detail)
    if not found:
        return ""
    first, after = found.groups()
    ends = prose.day(dt.date.fromisoformat(after) - dt.timedelta(days=1)) if after else ""
    if first and ends:
        words = _("The row that is there already lasts from %(first)s to %(last)s.")
        return words % {"first": prose.day(first), "last": ends}
    if first:
        return _("The row that is there already began on %s and has no end.") % prose.day(first)
    if ends:
        return _("The row that is there already lasts until %s.") % ends
    return _("The row that is there already has no dates, so it lasts for ever.")


def _unique_column(name: str, model: type[models.Model]) -> str:
    """The field of a plain `unique=True`, by the name that its constraint got."""
    found = _UNIQUE.match(name)
    prefix = f"{model._meta.db_table}_"
    if not found or not name.startswith(prefix):
        return ""
    columns = {field.column: field.name for field in model._meta.concrete_fields if field.unique}
    return columns.get(found["rest"].removeprefix(prefix), "")


def _in_use(error: ProtectedError) -> str:
    users = sorted({str(row) for row in list(error.protected_objects)[:5]})
    return _("This cannot be removed: %(users)s still names it. Change that first.") % {
        "users": ", ".join(users)
    }
