"""Every named constraint and trigger has a case here; importing the package registers them."""

from tests.house.constraints import (
    accounts_sources,
    actors,
    campaigns_harm,
    delivery,
    duplicates,
    incidents,
    manuscripts,
    operations,
    record_exchange_reports,
    regions,
    review,
    write_api,
)
from tests.house.constraints.registry import CASES

__all__ = [
    "CASES",
    "accounts_sources",
    "actors",
    "campaigns_harm",
    "delivery",
    "duplicates",
    "incidents",
    "manuscripts",
    "operations",
    "record_exchange_reports",
    "regions",
    "review",
    "write_api",
]
