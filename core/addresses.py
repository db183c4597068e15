"""Addresses of pages. A list names hundreds, and to find one anew is most of what a row costs."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def address(page: str, *args: str) -> str:
    """What `reverse` says. Raises NoReverseMatch."""
    return _address(page, args, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=16384)
def _address(page: str, args: tuple[str, ...], urlconf: str, prefix: str) -> str:
    return reverse(page, args=args)
