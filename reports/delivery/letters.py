"""What a letter says: subject, words in text and HTML, and where it can be ended.

No letter holds an image, a script, a style or a link that tells us who opened it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reports.delivery import editions, links
from reports.delivery.series import name_of
from reports.delivery.subscribing import covering
from reports.models import Letter, LetterKind, Subscription, Watch
from reports.watches.asking import read
from reports.watches.changes import told


@dataclass(frozen=True)
class Mail:
    """A letter's parts; templates are `reports/mail/<name>.txt` and `reports/mail/_<name>.html`."""

    name: str
    subject: str
    context: dict[str, Any]
    language: str
    # Path at which it is ended with one click; empty for a letter that comes once.
    leave: str = ""
    # What the reader can sort by: a name for each series and each search.
    list_id: str = ""
    # Message-ID of the letter before, so that mail programs show them together.
    follows: str = ""


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """The mail, or None if its reader has ended it since. Raises AddressUnknown."""
    mail = WRITERS[LetterKind(letter.kind)](letter)
    if mail is None or not letter.address:
        return None
    with translation.override(mail.language):
        context = mail.context | {
            "site": links.site(),
            "language": mail.language,
            "leave": links.absolute(mail.leave) if mail.leave else "",
        }
        text = render_to_string(f"reports/mail/{mail.name}.txt", context)
        html = render_to_string(f"reports/mail/_{mail.name}.html", context)
    made = EmailMultiAlternatives(
        " ".join(mail.subject.split()),
        text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.address],
        headers=_headers(letter, mail),
    )
    made.attach_alternative(html, "text/html")
    return made


def message_id(uid: uuid.UUID) -> str:
    """The same at every attempt: a letter that was sent twice is recognised by it."""
    return f"<{uid}@{links.host()}>"


def _headers(letter: Letter, mail: Mail) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(letter.uid),
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if mail.list_id:
        headers["List-Id"] = f"<{mail.list_id}.{links.host()}>"
    if mail.leave:
        headers["List-Unsubscribe"] = f"<{links.absolute(mail.leave)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.follows:
        headers["In-Reply-To"] = headers["References"] = mail.follows
    return headers


def _confirm(letter: Letter) -> Mail | None:
    """A request to confirm; nothing for what was confirmed in the meantime."""
    about = letter.subscription or letter.watch
    if about is None or about.confirmed_at is not None:
        return None
    language = language_of(about)
    with translation.override(language):
        kind = links.SUBSCRIPTION if letter.subscription else links.WATCH
        context = {
            "confirm": links.absolute(links.to_confirm(kind, about.uid)),
            "days": links.LASTS.days,
            "wanted": described(about),
            "is_watch": letter.watch is not None,
            "by_editor": getattr(about, "added_by", None) is not None,
        }
        subject = _("Please confirm: mail from Vigil")
    return Mail("confirm", subject, context, language)


def language_of(about: Subscription | Watch) -> str:
    """The language in which its reader is written to."""
    if isinstance(about, Watch):
        return about.language
    return about.schedule.language if about.schedule else about.language


def described(about: Subscription | Watch) -> str:
    """What is wanted, in the active language: a series, all reports, a question."""
    if isinstance(about, Watch):
        question = read(about.query)
        if not question.is_valid():
            return about.name or about.query
        return question.sentence() if about.query else _("All incidents")
    if about.schedule is not None:
        return name_of(about.schedule)
    languages = {
        "en": _("All situation reports in English"),
        "fr": _("All situation reports in French"),
    }
    return languages[about.language]


def _edition(letter: Letter) -> Mail | None:
    """A published edition, for those who want it still."""
    report, subscriber = letter.report, letter.subscriber
    if report is None or subscriber is None:
        return None
    wanted = subscriber.subscriptions.filter(covering(report), confirmed_at__isnull=False)
    if not wanted.exists():
        return None
    schedule = report.job.schedule
    return Mail(
        "edition",
        editions.subject(report),
        editions.context(report),
        report.language,
        leave=links.to_leave(links.SERIES, subscriber.uid, schedule.pk),
        list_id=schedule.slug,
    )


def _alert(letter: Letter) -> Mail | None:
    """What is new to a question, for those who want to know still."""
    alert, watch = letter.alert, letter.watch
    if alert is None or watch is None or watch.rhythm == "none":
        return None
    before = alert.previous
    first = before.letters.first() if before else None
    with translation.override(watch.language):
        sentence = described(watch)
        context = {
            "alert": alert,
            "name": watch.name or sentence,
            "sentence": sentence,
            "told": told(alert),
            "page": links.absolute(reverse("watches:alert", args=[alert.key])),
            "previous": links.absolute(reverse("watches:alert", args=[before.key]))
            if before
            else "",
        }
        subject = _("Alert %(n)s: %(name)s") % {"n": alert.number, "name": context["name"]}
    return Mail(
        "alert",
        subject[:180],
        context,
        watch.language,
        leave=links.to_leave(links.WATCH, watch.uid),
        list_id=f"search-{watch.uid.hex[:12]}",
        follows=message_id(first.uid) if first else "",
    )


def _stopped(letter: Letter) -> Mail | None:
    watch = letter.watch
    if watch is None or watch.stopped_at is None:
        return None
    with translation.override(watch.language):
        context = {"name": watch.name or watch.query, "reason": watch.stop_reason}
        context["explorer"] = links.absolute(reverse("incidents:list"))
        subject = _("Your saved search was stopped")
    leave = links.to_leave(links.WATCH, watch.uid) if watch.subscriber else ""
    return Mail("stopped", subject, context, watch.language, leave=leave)


def _webhook(letter: Letter) -> Mail | None:
    webhook = letter.webhook
    if webhook is None or webhook.stopped_at is None:
        return None
    path = reverse("delivery-desk:webhook", args=[webhook.uid])
    context = {"webhook": webhook, "page": links.absolute(path)}
    subject = _("The webhook “%(name)s” was stopped") % {"name": webhook.name}
    return Mail("webhook", subject, context, "en")


WRITERS: dict[LetterKind, Callable[[Letter], Mail | None]] = {
    LetterKind.CONFIRM: _confirm,
    LetterKind.EDITION: _edition,
    LetterKind.ALERT: _alert,
    LetterKind.STOPPED: _stopped,
    LetterKind.WEBHOOK: _webhook,
}
