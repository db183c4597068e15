"""Hand a letter to the mail server, once as far as a machine can.

The row is claimed and its intent committed before the server is called, and done after. Whoever
dies before the call sends nothing, and the next attempt sends it. Whoever dies between the server's
acceptance and the commit has sent it, and the next attempt sends it again with the same Message-ID:
mail has no transaction that would span both.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from core.jobs import JobState, LeaseLost
from core.mail import NOWHERE
from reports.delivery import refusals, turns
from reports.delivery.letters import compose, is_wanted
from reports.models import Letter

logger = logging.getLogger("vigil.reports.delivery")

# Seconds for each answer of a server that is reached: many look for viruses and spam before they
# answer, and who does not wait sends twice (RFC 5321, 4.5.3.2). All of them together stay below
# the lease of a letter that is handed over.
ANSWERS = 60.0


class MailNotSetUp(Exception):
    """The mail would go nowhere."""


def post(letter: Letter, *, clock: Callable[[], dt.datetime]) -> bool:
    """Send a claimed letter and end its job; False if its reader has ended it since.

    Raises LeaseLost if another worker has taken over or the reader is gone, NotTaken with the mail
    server's reason, MailNotSetUp and AddressUnknown where settings are missing.
    """
    if not settings.LOCAL and settings.EMAIL_BACKEND in NOWHERE:
        raise MailNotSetUp(
            f"EMAIL_URL is not set, so mail would go nowhere ({settings.EMAIL_BACKEND}). Set it to "
            "the mail server, such as smtp+tls://user:password@mail.example.org:587."
        )
    mail = compose(letter)
    if mail is None:
        letter.finish(at=clock())
        return False
    if letter.handed_at is not None:
        logger.warning("letter %s is handed over again; it may arrive twice", letter.uid)
    with _connected() as connection:
        letter.hand(at=clock())
        mail.connection = connection
        return _hand_over(letter, mail, clock)


@transaction.atomic
def _hand_over(
    letter: Letter, mail: EmailMultiAlternatives, clock: Callable[[], dt.datetime]
) -> bool:
    """Call the server, unless the reader has ended it meanwhile; who ends it now waits."""
    turns.to_send(letter)
    mine = Letter.objects.filter(pk=letter.pk, fence=letter.fence, state=JobState.RUNNING)
    now = mine.first()
    if now is None:
        raise LeaseLost(letter.key)
    wanted = is_wanted(now)
    if wanted:
        try:
            mail.send()
        except OSError as error:
            raise refusals.refused(error, letter.address) from error
    letter.finish(at=clock())
    return wanted


@contextmanager
def _connected() -> Iterator[BaseEmailBackend]:
    """An open connection to the mail server. Raises NotTaken."""
    connection = get_connection()
    try:
        try:
            connection.open()
        except OSError as error:
            raise refusals.unreachable(error) from error
        _wait(connection, ANSWERS)
        yield connection
    except refusals.NotTaken:
        raise
    except BaseException:
        # A farewell in the middle of a letter would be taken for its text, and waited for in vain.
        _drop(connection)
        raise
    finally:
        # What it took it has taken: how we part from it changes nothing any more.
        _wait(connection, settings.EMAIL_TIMEOUT)
        with suppress(OSError):
            connection.close()


def _wait(connection: BaseEmailBackend, seconds: float) -> None:
    """Wait so long for each answer, where there is a server to wait for."""
    sock = getattr(getattr(connection, "connection", None), "sock", None)
    if sock is not None:
        sock.settimeout(seconds)


def _drop(connection: BaseEmailBackend) -> None:
    spoken = getattr(connection, "connection", None)
    if isinstance(spoken, smtplib.SMTP):
        spoken.close()
