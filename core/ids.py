"""Public identifiers."""

import secrets

# Crockford's base32: no I, L, O or U, so that an id can be read over the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_public_id() -> str:
    """Ten random characters of Crockford base32 (50 bits); the database refuses a repeat."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))
