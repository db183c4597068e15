"""Published editions as rows, and the letters that follow from them."""

import datetime as dt
import itertools
import re

from django.core import mail
from django.utils import timezone

from core.jobs import JobQuerySet
from reports.delivery import planning, subscribing, tasks
from reports.models import Letter, Report, ReportJob, WebhookMessage
from tests.reports.conftest import JULY, schedule

_number = itertools.count(1)
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")
QUERY = "/api/v1/incidents/?begun=2022-07-01&country=MLI&to=2022-07-31"
TITLE = "Mali: situation report, July 2022"


def edition(which=None, *, number=1, at=None, title=TITLE, written=None, boxes=(), **more):
    """A published report without any building; its job is done."""
    which, at = which or schedule(), at or timezone.now()
    values = {"period_start": JULY.first, "period_end": JULY.last} | more
    job = ReportJob.objects.create(
        key=f"{which.slug}:{values['period_start']}:{number}", schedule=which, edition=number,
        state="done", cutoff_at=at, record_seq=1, record_at=at, **values,
    )  # fmt: skip
    facts = [{"label": "Period", "sentence": [{"text": "July 2022"}]}]
    said = [[{"text": "There were "}, {"text": "ten", "key": "a", "query": QUERY},
             {"text": " attacks <b>in</b> Mali."}]]  # fmt: skip
    sections = [
        {"name": "header", "title": "About", "blocks": [{"kind": "facts", "facts": facts}],
         "data": {}},
        {"name": "summary", "title": "Summary",
         "blocks": [{"kind": "items", "sentences": said, "ordered": False}], "data": {}},
        {"name": "totals", "title": "Key figures",
         "blocks": [{"kind": "boxes", "boxes": list(boxes)}], "data": {}},
    ]  # fmt: skip
    content = {
        "title": title, "language": which.language, "schedule": which.slug, "number": "2022-07",
        "edition": number, "cite_as": "Vigil.", "licence": "CC BY 4.0.", "sections": sections,
    }  # fmt: skip
    return Report.objects.create(
        job=job, edition=number, title=title, language=which.language, cutoff_at=at,
        record_seq=1, record_at=at, published_at=at, checksum=f"{next(_number):064x}",
        content=content, written=written or {}, **values,
    )  # fmt: skip


def subscribed(email="rae@example.org", at=None, **wanted):
    """A subscription that its address has confirmed."""
    at = at or timezone.now() - dt.timedelta(hours=1)
    wanted = wanted or {"schedule": schedule()}
    found = subscribing.ask(email, at=at, **wanted)
    return subscribing.confirm(found.uid, at=at)


def plan_and_post(at=None):
    """What beat and a worker do: plan, then send what is due. The mails that came of it."""
    planning.plan(at or timezone.now())
    return posted()


def posted(at=None):
    """Send every letter and message that is due; the mails that came of it."""
    before = len(mail.outbox)
    for pk in _due(Letter, at):
        tasks.send_letter(pk)
    return mail.outbox[before:]


def delivered(at=None):
    """Deliver every webhook message that is due."""
    for pk in _due(WebhookMessage, at):
        tasks.deliver_message(pk)


def link(message, part):
    """Path of the link in a mail's text that has `part` in it."""
    return next(path for path in LINK.findall(message.body) if part in path)


def _due(kind, at):
    due = JobQuerySet(kind).due(at or timezone.now())
    return list(due.order_by("pk").values_list("pk", flat=True))
