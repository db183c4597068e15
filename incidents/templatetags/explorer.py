"""The explorer in templates."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString

from incidents.explorer import cells
from incidents.explorer.listing import date_in_words
from incidents.models import PublishedIncident

register = template.Library()


@register.inclusion_tag("incidents/explorer/_beside.html")
def beside(story: dict[str, Any]) -> dict[str, Any]:
    """One incident in short, from `stories.story`, apart from the page that it stands beside."""
    return story


@register.simple_tag
def list_row(
    incident: PublishedIncident, columns: Sequence[str], day: str, as_of: str | None
) -> SafeString:
    """One row of the list; without its date under the heading of a `day`."""
    moment = f"as_of={quote(as_of)}" if as_of else ""
    return cells.row(incident, columns, date="" if day else date_in_words(incident), moment=moment)


register.simple_tag(cells.choice, name="facet_choice")
