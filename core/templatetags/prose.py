"""Dates, numbers and names in words, for every template."""

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import get_language

from core import prose
from core.dates import parse_partial

register = template.Library()

register.filter("day", prose.day)
register.filter("month_of", prose.month)
register.filter("moment", prose.moment)
register.filter("count", prose.count)
register.simple_tag(prose.partial, name="partial")
register.simple_tag(prose.days, name="days")
register.simple_tag(prose.when, name="when")
register.simple_tag(prose.when_short, name="when_short")
register.simple_tag(prose.span, name="span")
register.simple_tag(prose.best_note, name="best_note")


@register.filter
def unlocalized(value: float) -> str:
    """A number as SVG wants it, whatever the language: `720`, `44.5`."""
    return f"{value:g}"


@register.filter
def partial_day(value: dt.date | None, precision: str) -> str:
    """`{{ group.founded_on|partial_day:group.founded_precision }}`"""
    return prose.partial(value, precision)


@register.filter
def iso_words(text: str) -> str:
    """Part of an ISO date in words: "2013", "September 2013", "21 September 2013"."""
    date = parse_partial(text)
    return prose.partial(date.first, date.precision)


def _read(thing: Any, key: str) -> str:
    value = thing.get(key) if isinstance(thing, dict) else getattr(thing, key, "")
    return str(value or "")


@register.filter
def named(thing: Any, field: str = "name") -> str:
    """The name of a row or mapping in the reader's language, English where French is missing.

    `{{ country|named }}` reads `name` or `name_fr`; `{{ type|named:"label" }}` another field.
    """
    french = (get_language() or "").startswith("fr")
    return (french and _read(thing, f"{field}_fr")) or _read(thing, field)
