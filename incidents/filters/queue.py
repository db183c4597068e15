"""What may be asked of the desk's queue."""

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from core.pages import ListQuestion
from core.paging import Key, Ordering
from core.parameters import ChoiceField
from core.questions import Parameter
from incidents.access import visible
from incidents.waiting import SHOW, part
from incidents.workflow.table import UNPUBLISHED
from regions.filters import COUNTRY


class QueueQuestion(ListQuestion):
    """Incidents that wait for somebody, oldest at the desk first."""

    # Keys are given out in the order in which incidents come to the desk.
    order = Ordering("age", (Key("pk", int),))

    status = Parameter(
        ChoiceField(words=[*UNPUBLISHED], help_text=gettext_lazy("One status.")),
        "editorial_status",
    )
    country = Parameter(COUNTRY, "country__iso3", "in")
    show = Parameter(ChoiceField(words=SHOW, help_text=gettext_lazy("Which part of the queue.")))

    def __init__(self, data: Any, by: User) -> None:
        self.by = by
        super().__init__(data, visible(by))

    def filter_queryset(self, queryset: Any) -> Any:
        rows = part(super().filter_queryset(queryset), self.cleaned.get("show", "all"), self.by)
        return rows.select_related("country", "type", "author", "assignment__assignee")
