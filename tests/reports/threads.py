"""Work at the same moment, each with a connection of its own."""

import threading
from contextlib import contextmanager

from django.db import connections


def in_threads(number, work):
    """The same work so many times at once; what each returned."""
    gate, done = threading.Barrier(number), []

    def one():
        try:
            gate.wait()
            done.append(work())
        finally:
            connections.close_all()

    several = [threading.Thread(target=one) for _ in range(number)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join()
    return done


@contextmanager
def meanwhile(work, let_go=lambda: None):
    """The work in a thread; at the end whatever holds it up is let go, and it is joined."""
    failed = []

    def one():
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=one)
    thread.start()
    try:
        yield thread
    finally:
        let_go()
        thread.join()
    assert failed == []
