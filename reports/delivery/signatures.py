"""Secrets of webhooks and the signatures made with them (Standard Webhooks, standardwebhooks.com).

The signed text is `id.timestamp.body`; a secret is 32 random bytes, written `whsec_` and base64.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret as it is shown, once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _cipher() -> MultiFernet:
    """Encrypts with SECRET_KEY and decrypts with its fallbacks too, so that it can be changed."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    told = (hashlib.sha256(f"webhooks:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in told])


def encrypted(secret: str) -> str:
    """The secret as it is stored."""
    return _cipher().encrypt(secret.encode()).decode()


def decrypted(stored: str) -> str:
    """The secret again. Raises InvalidToken where SECRET_KEY is another."""
    return _cipher().decrypt(stored.encode()).decode()


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the base64 of the HMAC-SHA256."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows that a message is ours, and new."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message, timestamp, body),
    }
