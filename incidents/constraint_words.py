"""What the constraints on campaigns and their parts mean, in words."""

from django.utils.translation import gettext_lazy as _

from core.constraint_messages import Words, say

PERIOD = Words(
    _("The first day is after the last: swap or correct the dates."), ("ends_on", "starts_on")
)

say(
    {
        "campaign_condition_fields": Words(
            _(
                "A condition says which condition it is, such as a blockade; other kinds leave "
                "that empty."
            ),
            ("condition_type", "kind"),
        ),
        "campaign_expected_only_on_waves": Words(
            _("Only episodes and series have an expected number of incidents: empty it."),
            ("expected_incident_count", "kind"),
        ),
        "campaign_not_own_parent": Words(
            _("A campaign cannot be part of itself: name another one, or leave it empty."),
            ("parent",),
        ),
        "campaign_period_ordered": PERIOD,
        "campaign_actor_unique_pair": Words(
            _("The actor has a part in this campaign already: change that row."), ("actor",)
        ),
        "campaign_incident_unique_pair": Words(
            _("The incident belongs to this campaign already."), ("incident",)
        ),
        "phase_period_ordered": PERIOD,
        "demand_has_owner": Words(
            _("A demand belongs to a campaign or to an actor: name one."), ("actor",)
        ),
        "demand_unique_position": Words(
            _("Another demand of this campaign has this place in the order: choose another."),
            ("position",),
        ),
        "impact_period_ordered": PERIOD,
        "impact_unique_text": Words(
            _("This effect is listed already: change that row."), ("text",)
        ),
    }
)
