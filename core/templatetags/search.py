"""What was looked for, marked in what was found."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text import Marked

register = template.Library()


@register.filter
def marks(pieces: Marked) -> SafeString:
    """Pieces of a text with the matches in `<mark>`; everything is escaped."""
    marked = (format_html("<mark>{}</mark>" if match else "{}", text) for text, match in pieces)
    return format_html_join("", "{}", ((piece,) for piece in marked))
