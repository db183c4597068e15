"""Who takes part in a mission: on a day, over its life, and against what a source counts."""

import datetime as dt
from dataclasses import dataclass

from actors.models import Contribution
from regions.models import Mission


@dataclass(frozen=True)
class Contributors:
    """The parts of states and forces in one mission.

    `on_day` are those in force on the day; `in_life` counts distinct states and forces over the
    whole mission; `quoted` is what a source says, kept beside it and never repaired.
    """

    rows: list[Contribution]
    on_day: list[Contribution]
    in_life: int
    quoted: int | None

    @property
    def disagrees(self) -> bool:
        """The quoted number is not what the rows show."""
        return self.quoted is not None and self.quoted != self.in_life


def _party(row: Contribution) -> tuple[int | None, int | None]:
    return row.country_id, row.actor_id


def _in_force(mission: Mission, row: Contribution, day: dt.date) -> bool:
    """Between the later start and the earlier end of the mission and the part in it."""
    starts = [d for d in (mission.starts_on, row.starts_on) if d]
    ends = [d for d in (mission.ends_on, row.ends_on) if d]
    return bool(starts) and max(starts) <= day and (not ends or day <= min(ends))


def contributors(mission: Mission, on: dt.date) -> Contributors:
    """The contributors of `mission`; one query. A planned force has none on any day."""
    rows = list(
        Contribution.objects.filter(mission=mission)
        .select_related("country", "actor")
        .order_by("country__name", "actor__name", "starts_on", "pk")
    )
    return Contributors(
        rows=rows,
        on_day=[row for row in rows if _in_force(mission, row, on)],
        in_life=len({_party(row) for row in rows}),
        quoted=mission.quoted_contributors,
    )
