"""A letter is sent once, whatever is doubled; killed workers are in `test_delivery_kills`."""

import pytest
from django.core import mail
from django.utils import timezone

from reports.delivery import planning, tasks
from reports.models import Dispatch, Letter
from tests.reports.delivered import edition, subscribed
from tests.reports.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_five_planners_and_five_senders_at_once_send_one_mail_each():
    for number in range(3):
        subscribed(f"reader{number}@example.org")
    report = edition()
    before = len(mail.outbox)

    in_threads(5, lambda: planning.dispatch(report, at=timezone.now()))
    letters = list(Letter.objects.filter(kind="edition").values_list("pk", flat=True))
    in_threads(5, lambda: [tasks.send_letter(pk) for pk in letters])

    assert Dispatch.objects.count() == 1
    sent = sorted(m.to[0] for m in mail.outbox[before:])
    assert sent == [f"reader{number}@example.org" for number in range(3)]
    assert set(Letter.objects.filter(kind="edition").values_list("fence", flat=True)) == {1}
