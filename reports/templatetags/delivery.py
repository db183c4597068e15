"""Forms about mail on pages of other rooms: `{% load delivery %}`."""

from typing import Any

from django import template

from reports.delivery.forms import SubscribeForm

register = template.Library()


@register.inclusion_tag("reports/delivery/_subscribe.html")
def subscribe_form(series: str = "", query: str = "") -> dict[str, Any]:
    """A small form: of one series, or of all; `query` narrows the feeds beside it.

    `{% subscribe_form series=report.job.schedule.slug %}`
    """
    return {
        "form": SubscribeForm(initial={"series": series}, auto_id="subscribe_%s"),
        "query": query,
    }
