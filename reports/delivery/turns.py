"""A letter in the mail server's hands and the end of what brings it take turns.

Whoever sends holds a shared lock of the reader while the mail server is called, and looks once
more whether the letter is wanted; whoever ends something waits for it, so that no mail comes
after the answer. No row is locked meanwhile: nobody else waits, and nobody who asks for an address
can tell by the time that it gets mail.
"""

import logging
import time

from django.db import connection

from accounts.models import User
from reports.models import Letter, Subscriber

logger = logging.getLogger("vigil.reports.delivery")

# Seconds that a reader who leaves is kept waiting by a mail server that does not answer.
PATIENCE = 5.0
SHARED = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"
ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


def _name(reader: Subscriber | User) -> str:
    return f"letters:{reader._meta.label_lower}:{reader.pk}"


def to_send(letter: Letter) -> None:
    """Until the transaction ends, whoever ends the reader's letters waits."""
    reader = letter.subscriber or letter.person
    if reader is not None:
        with connection.cursor() as cursor:
            cursor.execute(SHARED, [_name(reader)])


def to_leave(reader: Subscriber | User) -> bool:
    """Wait for letters to the reader that are being sent; others wait until the transaction ends.

    After PATIENCE it goes on all the same and is False: leaving is not to fail because a mail
    server hangs, and what that server holds already may arrive.
    """
    end = time.monotonic() + PATIENCE
    while not _is_alone(reader):
        if time.monotonic() > end:
            logger.warning("a letter is being sent while its reader leaves; it may arrive")
            return False
        time.sleep(0.05)
    return True


def _is_alone(reader: Subscriber | User) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [_name(reader)])
        return bool(cursor.fetchone()[0])
