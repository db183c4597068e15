"""What the constraints on actors, their names, relations and missions mean, in words."""

from django.utils.translation import gettext_lazy as _

from core.constraint_messages import Words, say

PERIOD = Words(
    _("The first day is after the last: swap or correct the dates."), ("ends_on", "starts_on")
)

say(
    {
        "actor_kind_known": Words(_("This kind of actor is not known."), ("kind",)),
        "actor_inter_known": Words(_("ACLED’s codes run from 1 to 8."), ("acled_inter",)),
        "actor_state_force_has_home": Words(
            _("A state force belongs to a state: name its home country."), ("home_country", "kind")
        ),
        "actor_founded_before_ended": Words(
            _("The actor ended before it was founded: swap or correct the dates."),
            ("ended_on", "founded_on"),
        ),
        "actor_slug_is_immutable": Words(
            _("The address of an actor is for ever: the record holds it."), ("slug",)
        ),
        "alias_unique_key": Words(
            _("The actor has this name in this language already; case and accents do not count."),
            ("name", "lang"),
        ),
        "alias_period_ordered": PERIOD,
        "alias_key_not_empty": Words(_("A name needs at least one letter or digit."), ("name",)),
        "relation_not_to_self": Words(
            _("An actor has no relation to itself: name another one."), ("target", "source")
        ),
        "relation_unique_start": Words(
            _("This relation is there already with the same first day: change that row."),
            ("starts_on", "type"),
        ),
        "relation_symmetric_stored_once": Words(
            _("Alliance and rivalry are stored once, for the older entry of the two."), ("type",)
        ),
        "relation_period_ordered": PERIOD,
        "relation_no_overlap": Words(
            _(
                "The two actors have this relation already on some of these days: end the earlier "
                "row first, or change the dates."
            ),
            ("starts_on", "ends_on", "target", "source"),
        ),
        "relation_lineage_acyclic": Words(
            _(
                "By other relations this actor goes back to the other one, so the lineage would "
                "run in a circle: turn the relation round, or correct the other one."
            ),
            ("target", "source", "type"),
        ),
        "presence_country_or_area": Words(
            _("Name a country or an area, one of the two."), ("country", "area")
        ),
        "presence_period_ordered": PERIOD,
        "presence_no_overlap": Words(
            _(
                "The actor has this presence in the country already on some of these days: end the "
                "earlier row first, or change the dates."
            ),
            ("starts_on", "ends_on", "country"),
        ),
        "designation_period_ordered": PERIOD,
        "designation_no_overlap": Words(
            _("The actor is on this list already on some of these days: change the dates."),
            ("starts_on", "ends_on", "list_name"),
        ),
        "contribution_country_or_actor": Words(
            _("Name a country or a force, one of the two."), ("country", "actor")
        ),
        "contribution_period_ordered": PERIOD,
        "contribution_strength_positive": Words(
            _("Give a number above 0 and say which number it is, or leave both empty."),
            ("strength", "strength_kind"),
        ),
        "contribution_country_no_overlap": Words(
            _(
                "The country has this part in the mission already on some of these days: end the "
                "earlier row first, or change the dates."
            ),
            ("starts_on", "ends_on", "country"),
        ),
        "contribution_actor_no_overlap": Words(
            _(
                "The force has this part in the mission already on some of these days: end the "
                "earlier row first, or change the dates."
            ),
            ("starts_on", "ends_on", "actor"),
        ),
    }
)
