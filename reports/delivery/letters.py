"""A letter as a mail: text and HTML, its headers, and where it can be ended with one click."""

from email import charset

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from reports.delivery import links
from reports.delivery.wording import Mail, writer_of
from reports.models import Letter

# Not every mail server passes 8-bit letters on, and none promised to (RFC 6152).
SEVEN_BIT = charset.Charset("utf-8")
SEVEN_BIT.body_encoding = charset.QP


def is_wanted(letter: Letter) -> bool:
    """Whether its reader can be reached, and has not ended since what the letter is about."""
    return writer_of(letter) is not None


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """The mail, or None if its reader has ended it since. Raises AddressUnknown."""
    write = writer_of(letter)
    if write is None:
        return None
    mail = write()
    subject = " ".join(mail.subject.split())
    with translation.override(mail.language):
        context = mail.context | {
            "subject": subject,
            "site": links.site(),
            "language": mail.language,
            "leave": links.absolute(mail.leave) if mail.leave else "",
        }
        text = render_to_string(f"reports/mail/{mail.name}.txt", context)
        html = render_to_string(f"reports/mail/_{mail.name}.html", context)
    made = EmailMultiAlternatives(
        subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.address],
        headers=_headers(letter, mail),
    )
    made.encoding = SEVEN_BIT
    made.attach_alternative(html, "text/html")
    return made


def _headers(letter: Letter, mail: Mail) -> dict[str, str]:
    headers = {
        "Message-ID": links.message_id(letter.uid),
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
