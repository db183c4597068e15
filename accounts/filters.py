"""Which audit entries, and which rows of a reference desk."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from core.pages import ListQuestion
from core.paging import Key, Ordering
from core.parameters import ChoiceField, DayField, TextField
from core.questions import Parameter

if TYPE_CHECKING:
    from accounts.reference.desk import ReferenceDesk


class AuditFilter(ListQuestion):
    """Entries of the audit trail by person, verb, noun, object and days; the newest first."""

    presentation: tuple[str, ...] = ("cursor", "format")
    # Entries are numbered as they are written, so the number is their order in time.
    order = Ordering("audit", (Key("pk", int),), descending=True)

    by = Parameter(
        TextField(max_length=150, help_text=gettext_lazy("The user name of a person.")), "by"
    )
    verb = Parameter(TextField(max_length=40, help_text=gettext_lazy("What was done.")), "verb")
    noun = Parameter(
        TextField(max_length=60, help_text=gettext_lazy("To what kind of thing.")), "noun"
    )
    object = Parameter(
        TextField(max_length=120, help_text=gettext_lazy("To which one: its id or address.")),
        "object_id",
    )
    from_ = Parameter(DayField(help_text=gettext_lazy("From this day on, UTC.")), method="since")
    to = Parameter(
        DayField(last=True, help_text=gettext_lazy("Up to this day, UTC.")), method="until"
    )
    format = Parameter(
        ChoiceField(words=["csv", "json"], help_text=gettext_lazy("Format of the export."))
    )

    def since(self, queryset: Any, name: str, day: dt.date) -> Any:
        return queryset.filter(at__gte=dt.datetime.combine(day, dt.time.min, dt.UTC))

    def until(self, queryset: Any, name: str, day: dt.date) -> Any:
        return queryset.filter(at__lte=dt.datetime.combine(day, dt.time.max, dt.UTC))


class DeskListQuestion(ListQuestion):
    """Rows of one reference noun by words."""

    desk: "ReferenceDesk"

    q = Parameter(
        TextField(max_length=120, help_text=gettext_lazy("Part of a name, in any spelling.")),
        method="called",
    )

    def called(self, queryset: Any, name: str, words: str) -> Any:
        return queryset.filter(pk__in=self.desk.find(queryset, words).order_by().values("pk"))


def rows_of(desk: "ReferenceDesk") -> type[DeskListQuestion]:
    """The question of one desk, in its own order."""
    order = Ordering(desk.noun, (Key(desk.order), Key("pk", int)))
    members = {"desk": desk, "order": order, "__module__": __name__}
    return type("DeskRowsQuestion", (DeskListQuestion,), members)
