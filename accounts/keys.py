"""Secrets that are shown once: what is stored cannot be turned back into them."""

import hashlib
import hmac
import secrets

from django.conf import settings


def new_secret() -> str:
    """256 random bits, as text that fits into an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str, key: str | None = None) -> str:
    """HMAC-SHA-256 under SECRET_KEY (or an older `key`): useless to whoever has the table alone."""
    pepper = f"one-time secrets:{key or settings.SECRET_KEY}".encode()
    return hmac.new(pepper, secret.encode(), hashlib.sha256).hexdigest()


def _keys() -> list[str]:
    return [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def digests(secret: str) -> list[str]:
    """Every digest under which the secret may be stored while SECRET_KEY is being changed."""
    return [digest(secret, key) for key in _keys()]
