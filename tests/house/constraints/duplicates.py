"""Two incidents that somebody told apart."""

from django.utils import timezone

from incidents.models import Incident, NotDuplicate
from tests import make
from tests.house.constraints.registry import case, twice


def apart(first: Incident, second: Incident) -> NotDuplicate:
    return NotDuplicate.objects.create(
        first=first, second=second, decided_by=make.ed(), decided_at=timezone.now()
    )


@case("not_duplicate_pair_ordered")
def _() -> None:
    older, newer = make.incident(), make.incident()
    apart(newer, older)


@case("not_duplicate_unique_pair")
def _() -> None:
    older, newer = make.incident(), make.incident()
    twice(lambda: apart(older, newer))
