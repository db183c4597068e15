"""The panel about incidents on the pages of countries and areas: `{% load profiles %}`."""

import datetime as dt
from typing import Any

from django import template

from incidents.profiles import profiles

register = template.Library()


@register.inclusion_tag("incidents/panels/_profile.html")
def place_profile(on: dt.date, **asked: str) -> dict[str, Any]:
    """What each data set records in a country or an area: `{% place_profile day area=slug %}`."""
    return {"sets": profiles(asked, on), "ident": "-".join(asked.values())}
