"""What the constraints on schedules mean, in words."""

from django.utils.translation import gettext_lazy as _

from core.constraint_messages import Words, say

say(
    {
        "schedule_one_place": Words(
            _("Name one place at most: a country, an area, a region or a body; none is Africa."),
            ("country", "area", "region", "body"),
        ),
        "schedule_topic_names_it": Words(
            _(
                "A report about a group names the group, one about a campaign the campaign, and "
                "every other report neither: correct the topic or empty the name."
            ),
            ("topic", "actor", "campaign"),
        ),
    }
)
