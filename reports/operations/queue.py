"""How many messages wait at the broker."""

from dataclasses import dataclass

import redis
from celery import current_app
from django.conf import settings


@dataclass(frozen=True)
class Depth:
    """Messages that nobody has taken yet, and those taken that are not acknowledged."""

    waiting: int
    taken: int


def depth() -> Depth | None:
    """The queue of the site; None where the broker does not answer."""
    name = current_app.conf.task_default_queue
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=2) as client:
            return Depth(int(client.llen(name)), int(client.hlen("unacked")))
    except redis.RedisError:
        return None
