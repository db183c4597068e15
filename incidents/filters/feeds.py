"""What may be asked of feeds: the question of the explorer, and how many incidents they bring."""

from django.utils.translation import gettext_lazy

from core.parameters import WholeNumberField
from core.questions import Parameter
from incidents.columns import select
from incidents.models import PublishedIncident
from incidents.questions import IncidentQuestion

MOST = 1000


class FeedQuestion(IncidentQuestion):
    """A question about incidents, and how many of them a feed brings."""

    presentation = ("limit",)

    limit = Parameter(
        WholeNumberField(least=1, most=MOST, help_text=gettext_lazy("Incidents in a feed."))
    )

    def first(self, ordering: str, usual: int) -> list[PublishedIncident]:
        """The first incidents of the ordering, `usual` unless asked. Raises ParametersRefused."""
        seqs = select(self).seqs(ordering, self.cleaned.get("limit", usual))
        found = PublishedIncident.objects.numbered(seqs).defer("search", "search_text")
        rows = {row.seq: row for row in found}
        return [rows[seq] for seq in seqs if seq in rows]
