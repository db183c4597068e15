"""Celery only rings: every letter, alert and message is a row (see `reports.tasks`)."""

import logging
from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from core.jobs import LeaseLost
from reports.delivery import consent, planning, webhooks
from reports.delivery.posting import post
from reports.delivery.refusals import NotTaken, masked
from reports.models import Letter, WebhookMessage
from reports.models.letters import SEND
from reports.models.webhooks import DELIVER
from reports.watches import planning as watching

logger = logging.getLogger("vigil.reports.delivery")


@shared_task(name="reports.plan_delivery")
def plan_delivery() -> None:
    """Plan what new editions, changes of the record and saved searches owe."""
    at = timezone.now()
    for planner in (planning.plan, watching.plan):
        try:
            planner(at)
        except Exception:
            # One that fails keeps the other from nothing; both begin anew in a minute.
            logger.exception("%s failed", planner.__module__)


@shared_task(name="reports.tidy_delivery")
def tidy_delivery() -> None:
    """Forget what nobody confirmed, and rows of what was delivered long ago."""
    at = timezone.now()
    consent.expire(at)
    planning.tidy(at)


@shared_task(name=SEND)
def send_letter(letter_id: int) -> None:
    """Take a letter and send it; nothing if it is sent or in other hands."""
    letter = Letter.claim(letter_id, at=timezone.now())
    if letter is None:
        return
    try:
        post(letter, clock=timezone.now)
    except LeaseLost:
        logger.warning("letter %s was taken over, or its reader is gone", letter.uid)
    except NotTaken as refusal:
        _give_back(letter, str(refusal), retry=not refusal.is_final)
        if refusal.is_general:
            # One letter a minute finds out whether the server is back.
            Letter.rest(at=timezone.now())
    except Exception as error:
        _give_back(letter, masked(f"{type(error).__name__}: {error}", letter.address), retry=True)


def _give_back(letter: Letter, reason: str, *, retry: bool) -> None:
    logger.warning("letter %s failed on attempt %s: %s", letter.uid, letter.attempts, reason)
    with suppress(LeaseLost):
        letter.fail(at=timezone.now(), reason=reason, retry=retry)


@shared_task(name=DELIVER)
def deliver_message(message_id: int) -> None:
    """Take a message and deliver it; nothing if it is delivered or in other hands."""
    message = WebhookMessage.claim(message_id, at=timezone.now())
    if message is None:
        return
    try:
        webhooks.deliver(message, clock=timezone.now)
    except LeaseLost:
        logger.warning("message %s was taken over, or its webhook is gone", message.uid)
    except Exception as error:
        logger.exception("message %s failed on attempt %s", message.uid, message.attempts)
        with suppress(LeaseLost):
            message.fail(at=timezone.now(), reason=type(error).__name__, retry=True)
