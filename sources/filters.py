"""Which publishers."""

from django.utils.translation import gettext_lazy

from core.paging import Key, Ordering
from core.parameters import TermsField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from sources.choices import Reliability, SourceKind


class SourceFilter(ReferenceQuestion):
    """Publishers by kind and default reliability."""

    order = Ordering("slug", (Key("slug"),))

    kind = Parameter(
        TermsField(known=SourceKind.values, help_text=gettext_lazy("Kinds of publisher.")),
        "kind",
        "in",
    )
    reliability = Parameter(
        TermsField(
            known=Reliability.values, help_text=gettext_lazy("Letters of the Admiralty code.")
        ),
        "reliability",
        "in",
    )
