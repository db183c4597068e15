"""Where mail goes that nobody ever reads."""

# Backends that keep a letter on this machine: fine for development, a lost letter elsewhere.
NOWHERE = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend"
    for name in ("console", "dummy", "locmem", "filebased")
)
