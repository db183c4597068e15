"""The panel about incidents on the pages of countries and areas: `{% load profiles %}`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from incidents.profiles import Spark, profiles

register = template.Library()


@register.inclusion_tag("incidents/panels/_profile.html")
def place_profile(on: dt.date, **asked: str) -> dict[str, Any]:
    """What each data set records in a country or an area: `{% place_profile day area=slug %}`."""
    return {"sets": profiles(asked, on), "ident": "-".join(asked.values())}


@register.simple_tag
def bars(sparks: Iterable[Spark]) -> SafeString:
    """Small bars of an SVG, the recent ones marked: a page has hundreds, too many for a loop."""
    drawn = [spark for spark in sparks if spark.height]
    return _rects("<rect", [spark for spark in drawn if not spark.is_recent]) + _rects(
        '<rect class="recent"', [spark for spark in drawn if spark.is_recent]
    )


def _rects(start: str, sparks: list[Spark]) -> SafeString:
    return format_html_join(
        "\n",
        start + ' x="{}" width="{}" y="{}" height="{}" />',
        ((spark.x, spark.width, spark.y, spark.height) for spark in sparks),
    )
