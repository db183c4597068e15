"""Receipts of the write API."""

from django.utils import timezone

from incidents.models import WriteReceipt
from tests import make
from tests.house.constraints.registry import case, twice


def receipt(**more) -> WriteReceipt:
    values = {"person": make.ana(), "key": "a-1", "digest": "0" * 64}
    return WriteReceipt.objects.create(**values | more, answered_at=timezone.now())


@case("receipt_unique_key")
def _() -> None:
    twice(receipt)


@case("receipt_digest_form")
def _() -> None:
    receipt(digest="x")
