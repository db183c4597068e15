"""The explorer in templates."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("incidents/explorer/_beside.html")
def beside(story: dict[str, Any]) -> dict[str, Any]:
    """One incident in short, from `stories.story`, apart from the page that it stands beside."""
    return story
