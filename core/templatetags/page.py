"""Pieces of the page that need the request."""

from typing import Any

from django import template
from django.template import Context

from core.navigation import SECTIONS

register = template.Library()


@register.inclusion_tag("components/_sections.html", takes_context=True)
def sections(context: Context) -> dict[str, Any]:
    """The bar of sections, with the present one marked."""
    path = context["request"].path if "request" in context else ""
    return {"sections": [(section, section.holds(path)) for section in SECTIONS]}
