"""Which campaigns: in force on a day, and those that readers may know of."""

from typing import Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from regions.querysets import PeriodQuerySet


class CampaignQuerySet(PeriodQuerySet):
    def told(self) -> Self:
        """Campaigns that an editor made public, and those that an incident of the record is in.

        What only drafts, withheld or withdrawn incidents belong to is not among them.
        """
        record = apps.get_model("incidents", "PublishedIncident")._default_manager.all()
        named = record.current().naming("campaigns", OuterRef("slug"))
        return self.filter(Q(is_public=True) | Q(Exists(named)))
