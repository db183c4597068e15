"""Missions that followed one another: AMISOM, ATMIS, AUSSOM."""

from collections import defaultdict

from regions.models import Mission


def chain(mission: Mission) -> list[Mission]:
    """The missions before and after `mission` and itself, in order; one query.

    Alone in the list where nothing came before or after.
    """
    rows = {row.pk: row for row in Mission.objects.order_by("starts_on", "pk")}
    after: dict[int, list[Mission]] = defaultdict(list)
    for row in rows.values():
        if row.predecessor_id:
            after[row.predecessor_id].append(row)
    first = rows[mission.pk]
    seen = {first.pk}
    while first.predecessor_id and first.predecessor_id not in seen:
        first = rows[first.predecessor_id]
        seen.add(first.pk)
    found, queue = [], [first]
    while queue:
        row = queue.pop(0)
        if row not in found:
            found.append(row)
            queue += after[row.pk]
    return found
