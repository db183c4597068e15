"""What a mail server's refusal means: for good or for now, for one letter or for all.

RFC 5321: 4yz may succeed later, 5yz will not. A reason is read by operators and kept; a server
repeats the address in it, which belongs in no log and on no page.
"""

import re
import smtplib
import ssl

# So the address of a reader is written in reasons.
MASK = "•••"
ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")
# "Mailbox full" comes with a code of the permanent ones, and passes.
FULL = 552
# "I am going away": the server as a whole, whatever it was asked.
CLOSING = 421


class NotTaken(Exception):
    """The mail server did not take a letter; says why, without the reader's address.

    `is_final`: asking again is of no use. `is_general`: it would refuse the other letters too.
    """

    def __init__(self, why: str, *, is_final: bool = False, is_general: bool = False) -> None:
        super().__init__(why)
        self.is_final, self.is_general = is_final, is_general


def unreachable(error: OSError) -> NotTaken:
    """Of what happens before any letter is spoken of."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        why = "The mail server does not accept user and password ({said}). Check EMAIL_URL."
    elif isinstance(error, smtplib.SMTPResponseException):
        why = "The mail server lets nobody in at present ({said})."
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        why = "The mail server ended the connection, or kept silent, before it let us in ({said})."
    elif isinstance(error, ssl.SSLError):
        why = "No encrypted connection to the mail server ({said}). Check EMAIL_URL."
    else:
        why = "The mail server cannot be reached ({said}). Check EMAIL_URL, and that it runs."
    return NotTaken(why.format(said=_said(error)), is_general=True)


def refused(error: OSError, address: str) -> NotTaken:
    """Of what happens while a letter is handed over."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        said = masked(f"{code} {_text(words)}", address)
        if code >= 500 and code != FULL:
            return NotTaken(
                f"The mail server refuses the address for good ({said}).", is_final=True
            )
        why = f"The mail server does not take mail for the address at present ({said})."
        return NotTaken(why, is_general=code == CLOSING)
    said = masked(_said(error), address)
    if isinstance(error, smtplib.SMTPSenderRefused):
        why = f"The mail server refuses our sender ({said}). Check DEFAULT_FROM_EMAIL."
        return NotTaken(why, is_general=True)
    if isinstance(error, smtplib.SMTPDataError):
        if error.smtp_code >= 500:
            return NotTaken(f"The mail server refuses the letter for good ({said}).", is_final=True)
        why = f"The mail server does not take the letter at present ({said})."
        return NotTaken(why, is_general=error.smtp_code == CLOSING)
    if isinstance(error, smtplib.SMTPResponseException):
        return NotTaken(f"The mail server takes no letters at present ({said}).", is_general=True)
    return NotTaken(f"The connection ended before the mail server said yes to the letter ({said}).")


def masked(text: str, address: str) -> str:
    """The text without the address, in whatever case, and without its part before the @."""
    text = ADDRESS.sub(MASK, text)
    name = address.partition("@")[0]
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", MASK, text, flags=re.I) if name else text


def _said(error: OSError) -> str:
    """The server's words with their code; else the error's own."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())
