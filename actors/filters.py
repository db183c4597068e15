"""Which actors."""

from typing import Any

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy

from actors.choices import ActorKind, ActorStatus
from core.paging import Key, Ordering
from core.parameters import TermsField, TextField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from regions.filters import COUNTRY

# Curated actors come before imported ones.
RANK = Case(When(dataset="vigil", then=Value(0)), default=Value(1))


class ActorFilter(ReferenceQuestion):
    """Actors by name in any script, kind, status, country and data set."""

    order = Ordering("name", (Key("rank", int, RANK), Key("name"), Key("slug")))

    q = Parameter(
        TextField(
            max_length=120,
            help_text=gettext_lazy("Part of a name or alias, in any script or spelling."),
        ),
        method="named",
    )
    kind = Parameter(
        TermsField(known=ActorKind.values, help_text=gettext_lazy("Kinds of actor.")), "kind", "in"
    )
    status = Parameter(
        TermsField(known=ActorStatus.values, help_text=gettext_lazy("Whether they still exist.")),
        "status",
        "in",
    )
    country = Parameter(COUNTRY, method="tied_to")
    dataset = Parameter(
        TermsField(
            known=("vigil", "ucdp"), help_text=gettext_lazy("Curated by Vigil, or imported.")
        ),
        "dataset",
        "in",
    )

    def named(self, queryset: Any, name: str, words: str) -> Any:
        return queryset.with_name_like(words)

    def tied_to(self, queryset: Any, name: str, codes: list[str]) -> Any:
        ties = Q(countries__iso3__in=codes) | Q(home_country__iso3__in=codes)
        return queryset.filter(pk__in=queryset.model.objects.filter(ties).values("pk"))
