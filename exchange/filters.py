"""Which releases."""

from core.paging import Key, Ordering
from core.viewsets import ReferenceQuestion


class ReleaseFilter(ReferenceQuestion):
    """All releases, the newest state of the record first."""

    order = Ordering("-record", (Key("record_seq", int), Key("pk", int)), descending=True)
