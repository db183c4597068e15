"""Periods in words, and language codes as HTML attributes."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import periods

register = template.Library()

register.simple_tag(periods.period, name="period")
register.simple_tag(periods.loose_period, name="loose_period")

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


@register.simple_tag
def lang_attributes(code: str) -> SafeString:
    """`lang="ar" dir="rtl"`: so that a name is spoken, shaped and placed as in its language."""
    primary, _, script = code.partition("-")
    is_rtl = primary in RIGHT_TO_LEFT and script.casefold() != "latn"
    return format_html('lang="{}" dir="{}"', code, "rtl" if is_rtl else "ltr")
