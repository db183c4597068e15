"""Pages are made in one stretch of the stack, and addresses are found once."""

import sys
import time

from django.conf import settings
from django.test import override_settings
from django.urls import reverse, set_script_prefix

from core.addresses import address
from core.room import RoomMiddleware

CALLS = 3000


def _deeper(levels, work):
    return _deeper(levels - 1, work) if levels else work()


def _calls():
    """Seconds of many short calls, the best of three."""
    best = 60.0
    for _ in range(3):
        began = time.perf_counter()
        for _call in range(CALLS):
            _deeper(3, int)
        best = min(best, time.perf_counter() - began)
    return best


def test_a_request_takes_as_long_at_any_depth_of_the_stack():
    def spread(run):
        taken = [_deeper(levels, run) for levels in range(0, 400, 4)]
        return max(taken) / min(taken)

    in_room = RoomMiddleware(lambda request: spread(_calls))(None)
    bare = spread(_calls)

    print(f"slowest against fastest depth: {bare:.1f} without room, {in_room:.1f} with it")
    assert in_room < bare or bare < 1.5, sys.version


def test_nothing_stands_before_the_room():
    assert settings.MIDDLEWARE[0] == "core.room.RoomMiddleware"


def test_an_address_is_that_of_the_site_as_it_is_served():
    page = ("incidents:detail", "0123456789", "attack")
    here = address(*page)

    assert here == reverse(page[0], args=page[1:]) == address(*page)
    set_script_prefix("/vigil/")
    try:
        assert address(*page) == f"/vigil{here}"
    finally:
        set_script_prefix("/")
    with override_settings(ROOT_URLCONF="bench.list_page"):
        assert address(*page) == here
