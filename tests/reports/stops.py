"""Places at which a test can stop a worker, and ways to end it there.

No failpoint is built into the product. The test puts a trigger into its own database that waits
for an advisory lock which the test holds, or locks a table; the worker then stands exactly there,
inside its transaction, as long as the test wants.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from reports.sections import SECTIONS
from tests.reports import worker

LOCK = 20_261_121
HOLD = f"""
CREATE OR REPLACE FUNCTION pg_temp_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""
DROP = "DROP FUNCTION IF EXISTS pg_temp_hold() CASCADE"
AT_COMMIT = "DEFERRABLE INITIALLY DEFERRED"


@dataclass(frozen=True)
class Stop:
    """A place in the work of a job: the trigger that holds there, or the table that is locked."""

    name: str
    trigger: str = ""
    table: str = ""
    # The worker's parent is stopped before the child goes on: the result is committed, its
    # message not acknowledged.
    before_ack: bool = False


def _row(name: str, when: str, table: str, condition: str = "") -> Stop:
    where = f"WHEN ({condition})" if condition else ""
    return Stop(name, f"TRIGGER held {when} ON {table} FOR EACH ROW {where}")


def _commit(name: str, event: str, table: str, condition: str = "", **more: bool) -> Stop:
    where = f"WHEN ({condition})" if condition else ""
    return Stop(
        name,
        f"CONSTRAINT TRIGGER held AFTER {event} ON {table} {AT_COMMIT} FOR EACH ROW {where}",
        **more,
    )


def at_steps(numbers: list[int]) -> list[Stop]:
    return [
        _row(
            f"keeping step {number}, {SECTIONS[number - 1][0]}", "BEFORE INSERT",
            "reports_reportstep", f"NEW.number = {number}",
        )
        for number in numbers
    ]  # fmt: skip


def spread(most: int) -> list[int]:
    """Numbers of so many steps, the first and the last among them."""
    last = len(SECTIONS)
    return sorted({1 + round(n * (last - 1) / (most - 1)) for n in range(most)})


JOB, STEP, REPORT, ITEM = (
    "reports_reportjob", "reports_reportstep", "reports_report", "reports_reportitem",
)  # fmt: skip


def places(steps: list[int]) -> list[Stop]:
    """Every place, in the order of the work, with these steps of building."""
    running = "NEW.state = 'running' AND OLD.state <> 'running'"
    return [
        _row("message taken, job not claimed", "BEFORE UPDATE", JOB, running),
        _commit("committing the claim", "UPDATE", JOB, running),
        Stop("claimed, counting", table="incidents_publishedincident"),
        *at_steps(steps),
        _commit("committing the last step", "INSERT", STEP, f"NEW.number = {len(SECTIONS)}"),
        _row("ending the job", "BEFORE UPDATE", JOB, "NEW.state = 'done'"),
        _row("removing the steps", "BEFORE DELETE", STEP),
        _row("storing the report", "BEFORE INSERT", REPORT),
        _row("storing the figures", "BEFORE INSERT", ITEM),
        Stop("figures stored", f"TRIGGER held AFTER INSERT ON {ITEM} FOR EACH STATEMENT"),
        _commit("committing the report", "INSERT", REPORT),
        _commit("committed, not acknowledged", "INSERT", REPORT, before_ack=True),
    ]


@contextmanager
def held(stop: Stop) -> Iterator[None]:
    """Whoever gets to the place stands there until the block ends."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            if stop.table:
                cursor.execute(f"LOCK TABLE {stop.table} IN ACCESS EXCLUSIVE MODE")
            else:
                _arm(stop)
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
    finally:
        other.rollback()
        other.close()


def _arm(stop: Stop) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(HOLD)
        cursor.execute(f"CREATE {stop.trigger} EXECUTE FUNCTION pg_temp_hold()")


def disarm() -> None:
    """Take the trigger away; waits for transactions that are still at it."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)


def somebody_waits() -> bool:
    """Whether a worker stands at the place: a connection waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def kill_child(process) -> None:
    """`kill -9` of the process that works; its parent lives and starts another."""
    for pid in worker.children(process):
        os.kill(pid, signal.SIGKILL)


def kill_both(process) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def terminate(process) -> None:
    """As systemd or Docker ask: the worker may end what it has begun."""
    process.send_signal(signal.SIGTERM)


def quit_at_once(process) -> None:
    """The cold shutdown: the worker leaves its task where it is."""
    process.send_signal(signal.SIGQUIT)


ENDS = {
    "child killed": kill_child,
    "parent and child killed": kill_both,
    "TERM": terminate,
    "QUIT": quit_at_once,
}
