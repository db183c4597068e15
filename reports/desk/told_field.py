"""A group or campaign to report on: only those that readers may know of are offered and taken."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from actors.desk import actor_field
from core.desk_fields import PickField
from core.parameters import shown
from incidents.campaigns.desk import campaign_field
from reports.schedules.telling import is_told, why


class ToldField(PickField):
    """As the field of every row, but what a report would be the first to tell is refused.

    `kept` is the stored row of the form: what was told of when it was chosen stays.
    """

    kept: Model | None = None

    def __init__(self, every: PickField, **more: Any) -> None:
        self.every = every
        super().__init__(
            f"told-{every.what}",
            key=every.key,
            rows=every.rows,
            find=lambda words: every.find(words).told(),  # type: ignore[attr-defined]
            **more,
        )

    def clean(self, value: Any) -> Any:
        try:
            row = super().clean(value)
        except ValidationError:
            row = self._only_untold(value)
            if row is None:
                raise
        if row is None or row == self.kept or is_told(row):
            return row
        raise ValidationError(
            _("A report on “%(value)s” would be the first to tell of it. %(why)s")
            % {"value": shown(self.named(row)), "why": why(row)}
        )

    def _only_untold(self, value: Any) -> Any:
        """The one row that the words mean, where none that readers may know of is meant."""
        try:
            row = self.every.clean(value)
        except ValidationError:
            return None
        return row if row is not None and not is_told(row) else None


def told_actor_field(**more: Any) -> ToldField:
    return ToldField(actor_field(**more), **more)


def told_campaign_field(**more: Any) -> ToldField:
    return ToldField(campaign_field(**more), **more)


CHOICES = {field.what: field for field in (told_actor_field(), told_campaign_field())}
