"""Words about people's scope."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.translation import gettext as _

from accounts.forms import countries

register = template.Library()


@register.filter
def country_names(codes: Sequence[str], names: Mapping[str, str] | None = None) -> str:
    """The countries of a scope by name; no scope is everywhere. A list gives `names` once."""
    if not codes:
        return _("everywhere")
    names = dict(countries()) if names is None else names
    return ", ".join(names.get(code, code) for code in codes)
