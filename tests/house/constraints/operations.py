"""Signs of life and alarms."""

import datetime as dt

from reports.models import Alarm, Heartbeat
from tests.house.constraints.registry import case, twice

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@case("heartbeat_one_a_process")
def _a_process_with_two_rows() -> None:
    values = {"kind": "worker", "name": "celery@one", "started_at": NOW, "lived_at": NOW}
    twice(lambda: Heartbeat.objects.create(**values))


@case("alarm_open_once")
def _an_alarm_that_is_open_twice() -> None:
    Alarm.objects.create(kind="no_worker", since=NOW, ended_at=NOW)
    twice(lambda: Alarm.objects.create(kind="no_worker", since=NOW))
