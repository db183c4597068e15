"""Which publishers, and which documents of theirs."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from core.paging import Key, Ordering
from core.parameters import TermsField, TextField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from sources.choices import Reliability, SourceKind

KIND = TermsField(known=SourceKind.values, help_text=gettext_lazy("Kinds of publisher."))
RELIABILITY = TermsField(
    known=Reliability.values, help_text=gettext_lazy("Letters of the Admiralty code.")
)


class SourceFilter(ReferenceQuestion):
    """Publishers by kind and default reliability."""

    order = Ordering("slug", (Key("slug"),))

    kind = Parameter(KIND, "kind", "in")
    reliability = Parameter(RELIABILITY, "reliability", "in")


class DocumentFilter(ReferenceQuestion):
    """Documents by words of title or publisher, kind of publisher and reliability."""

    order = Ordering("publisher", (Key("source__name"), Key("slug")))

    q = Parameter(
        TextField(max_length=120, help_text=gettext_lazy("Words of the title or the publisher")),
        method="saying",
    )
    kind = Parameter(KIND, "source__kind", "in")
    reliability = Parameter(RELIABILITY, "reliability", "in")

    def saying(self, queryset: Any, name: str, text: str) -> Any:
        return queryset.filter(
            Q(title__unaccent__icontains=text) | Q(source__name__unaccent__icontains=text)
        )
