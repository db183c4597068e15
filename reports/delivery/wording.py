"""What each kind of letter says, while its reader wants it.

No letter holds an image, a script, a style or a link that tells us who opened it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reports.delivery import editions, links
from reports.delivery.series import name_of
from reports.delivery.subscribing import covering
from reports.models import (
    Alert,
    Letter,
    LetterKind,
    Report,
    Rhythm,
    Subscriber,
    Subscription,
    Watch,
    Webhook,
)
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


# Writes the mail of a letter that is wanted.
Writer = Callable[[], Mail]


def _confirm(letter: Letter) -> Writer | None:
    """Nothing for what was confirmed in the meantime."""
    about = letter.subscription or letter.watch
    if about is None or about.confirmed_at is not None:
        return None
    return partial(_request_to_confirm, about)


def _request_to_confirm(about: Subscription | Watch) -> Mail:
    language = language_of(about)
    kind = links.WATCH if isinstance(about, Watch) else links.SUBSCRIPTION
    with translation.override(language):
        context = {
            "confirm": links.absolute(links.to_confirm(kind, about.uid)),
            "days": links.LASTS.days,
            "wanted": described(about),
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


def _edition(letter: Letter) -> Writer | None:
    """For those who want the series, or all reports, still."""
    report, subscriber = letter.report, letter.subscriber
    if report is None or subscriber is None:
        return None
    wanted = subscriber.subscriptions.filter(covering(report), confirmed_at__isnull=False)
    return partial(_published, report, subscriber) if wanted.exists() else None


def _published(report: Report, subscriber: Subscriber) -> Mail:
    schedule = report.job.schedule
    return Mail(
        "edition",
        editions.subject(report),
        editions.context(report),
        report.language,
        leave=links.to_leave(links.SERIES, subscriber.uid, schedule.pk),
        list_id=schedule.slug,
    )


def _alert(letter: Letter) -> Writer | None:
    """For those who want to know still."""
    alert, watch = letter.alert, letter.watch
    if alert is None or watch is None or watch.rhythm == Rhythm.NONE:
        return None
    return partial(_news, alert, watch)


def _news(alert: Alert, watch: Watch) -> Mail:
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
        follows=links.message_id(first.uid) if first else "",
    )


def _stopped(letter: Letter) -> Writer | None:
    """For a search that has not been begun anew."""
    watch = letter.watch
    return partial(_end_of_search, watch) if watch and watch.stopped_at else None


def _end_of_search(watch: Watch) -> Mail:
    with translation.override(watch.language):
        context = {"name": watch.name or watch.query, "reason": watch.stop_reason}
        context["explorer"] = links.absolute(reverse("incidents:list"))
        subject = _("Your saved search was stopped")
    leave = links.to_leave(links.WATCH, watch.uid) if watch.subscriber else ""
    return Mail("stopped", subject, context, watch.language, leave=leave)


def _webhook(letter: Letter) -> Writer | None:
    """For a webhook that has not been begun anew."""
    webhook = letter.webhook
    return partial(_end_of_webhook, webhook) if webhook and webhook.stopped_at else None


def _end_of_webhook(webhook: Webhook) -> Mail:
    path = reverse("delivery-desk:webhook", args=[webhook.uid])
    context = {"webhook": webhook, "page": links.absolute(path)}
    subject = _("The webhook “%(name)s” was stopped") % {"name": webhook.name}
    return Mail("webhook", subject, context, "en")


WRITERS: dict[LetterKind, Callable[[Letter], Writer | None]] = {
    LetterKind.CONFIRM: _confirm,
    LetterKind.EDITION: _edition,
    LetterKind.ALERT: _alert,
    LetterKind.STOPPED: _stopped,
    LetterKind.WEBHOOK: _webhook,
}


def writer_of(letter: Letter) -> Writer | None:
    """How the mail of a letter is written; None if its reader is gone or has ended it since."""
    return WRITERS[LetterKind(letter.kind)](letter) if letter.address else None
