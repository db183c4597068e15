"""End a worker at a place of delivering, then let the work be done; `outside` is who is told.

A place is a stop in the database (`tests.reports.stops`) or a stage of the server outside, which
keeps the worker waiting there.
"""

import os
import signal
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.utils import timezone

from core.jobs import JobState
from reports import tasks as bells
from tests.reports import stops, worker


@dataclass(frozen=True)
class Place:
    """Where a worker ends. `twice`: outside it is told already, and no row of ours says so yet."""

    name: str
    stop: stops.Stop | None = None
    stage: str = ""
    twice: bool = False
    # The database loses what the killed worker was about to commit, as if it went down too.
    is_lost: bool = False

    @property
    def before_ack(self):
        return self.stop is not None and self.stop.before_ack

    def of(self, pk):
        """The place in the work on this row."""
        if self.stop is None:
            return self
        stop = replace(self.stop, trigger=self.stop.trigger.replace("{pk}", str(pk)))
        return replace(self, stop=stop)

    def copies(self, way):
        """How often it is told outside. Only TERM lets a worker end what it has begun."""
        return 2 if self.is_lost or (self.twice and way != "TERM") else 1

    @contextmanager
    def held(self, outside):
        """Whoever comes there stands; yields a question whether somebody does."""
        if self.stop is None:
            with outside.holding(self.stage, nth=2):
                yield outside.somebody_stands
        else:
            with stops.held(self.stop):
                yield stops.somebody_waits


def before(name, event, table, condition, **more):
    where = f"WHEN ({condition})"
    trigger = f"TRIGGER held BEFORE {event} ON {table} FOR EACH ROW {where}"
    return Place(name, stops.Stop(name, trigger), **more)


def at_commit(name, event, table, condition, *, before_ack=False, **more):
    trigger = (
        f"CONSTRAINT TRIGGER held AFTER {event} ON {table} {stops.AT_COMMIT}"
        f" FOR EACH ROW WHEN ({condition})"
    )
    return Place(name, stops.Stop(name, trigger, before_ack=before_ack), **more)


def cases(places, extent, few):
    """Every place in every way if all are asked for; else the few that are named."""
    ways = list(stops.ENDS)
    return [(p, way) for p in places for way in ways if extent or (p.name, way) in few]


def named(found):
    return [f"{place.name}: {way}" for place, way in found]


def end_there(place, way, outside, log, *, ring, is_committed, **setting):
    """Start a worker, ring for it, end it at the place; True if its parent lives on.

    `is_committed`: whether the work at the place is in the database.
    """
    with worker.working(log, "-n", "first@%h", pool="prefork", **setting) as first:
        with place.held(outside) as somebody_stands:
            ring()
            worker.until(somebody_stands, log=log)
            if place.before_ack:
                os.kill(first.pid, signal.SIGSTOP)
            else:
                stops.ENDS[way](first)
                if place.stage and way == "QUIT":
                    # The parent takes a moment to end its child, which would go on meanwhile.
                    first.wait(worker.PATIENCE)
                if place.is_lost:
                    _forget_statements()
        stops.disarm()
        if place.before_ack:
            worker.until(is_committed, log=log)
            stops.ENDS[way](first)
            if way != "parent and child killed":
                os.kill(first.pid, signal.SIGCONT)
        yield first


def ended(place, way, outside, log, *, kind, is_done, ring, is_committed, **setting):
    """End a worker at the place in this way; let it, or another, do the rest."""

    def done():
        if is_done():
            return True
        if not worker.broker().llen(worker.QUEUE):
            ring()
        return False

    for first in end_there(
        place, way, outside, log, ring=ring, is_committed=is_committed, **setting
    ):
        lives_on = way == "child killed" and first.poll() is None
        if not lives_on:
            first.wait(worker.PATIENCE)
        run_out(kind)
        if lives_on:
            worker.until(done, log=log)
    if not is_done():
        with worker.working(log, "-n", "second@%h", **setting):
            worker.until(done, log=log)


def run_out(kind):
    """As if a dead worker's lease, or the pause of one that could still say so, had run out."""
    if kind is not None:
        past = timezone.now() - timezone.timedelta(seconds=1)
        kind.objects.exclude(state=JobState.DONE).update(leased_until=past)


def ring_for_jobs():
    bells.ring_due_jobs()


def _forget_statements():
    with stops.connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
