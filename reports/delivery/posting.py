"""Hand a letter to the mail server, once as far as a machine can.

The row is claimed and its intent committed before the server is called, and done after. Whoever
dies before the call sends nothing, and the next attempt sends it. Whoever dies between the server's
acceptance and the commit has sent it, and the next attempt sends it again with the same Message-ID:
mail has no transaction that would span both.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.mail import get_connection

from core.mail import NOWHERE
from reports.delivery.letters import compose
from reports.models import Letter

logger = logging.getLogger("vigil.reports.delivery")


class MailNotSetUp(Exception):
    """The mail would go nowhere."""


def post(letter: Letter, *, clock: Callable[[], dt.datetime]) -> bool:
    """Send a claimed letter and end its job; False if its reader has ended it since.

    Raises LeaseLost if another worker has taken over or the reader is gone, OSError and
    SMTPException from the mail server, MailNotSetUp and AddressUnknown where settings are missing.
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
    with get_connection() as connection:
        mail.connection = connection
        letter.hand(at=clock())
        mail.send()
    letter.finish(at=clock())
    return True
