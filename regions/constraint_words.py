"""What the constraints on places, bodies, memberships and missions mean, in words."""

from django.utils.translation import gettext_lazy as _

from core.constraint_messages import Words, say

COORDINATES = Words(
    _("Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."),
    ("latitude", "longitude"),
)
PERIOD = Words(
    _("The first day is after the last: swap or correct the dates."), ("ends_on", "starts_on")
)

say(
    {
        "country_iso3_form": Words(
            _("Write the ISO 3166 code: three capital letters, such as MLI."), ("iso3",)
        ),
        "country_region_iff_african": Words(
            _("African states have a region of the African Union, other states have none."),
            ("au_region", "in_scope"),
        ),
        "country_coordinates_valid": COORDINATES,
        "area_coordinates_valid": COORDINATES,
        "place_coordinates_valid": COORDINATES,
        "area_level_known": Words(_("Levels run from 1 to 4."), ("level",)),
        "area_unique_name": Words(
            _("The country has an area of this name, level and first day already."), ("name",)
        ),
        "area_period_ordered": PERIOD,
        "area_one_below_parent": Words(
            _("An area lies one level below its parent: correct the level or the parent."),
            ("parent", "level"),
        ),
        "body_kind_known": Words(_("This kind of body is not known."), ("kind",)),
        "body_not_own_parent": Words(
            _("A body cannot be an organ of itself: name the body above it, or leave it empty."),
            ("parent",),
        ),
        "body_period_ordered": Words(
            _("The body was dissolved before it was established: swap or correct the dates."),
            ("dissolved_on", "established_on"),
        ),
        "membership_period_ordered": PERIOD,
        "membership_exit_announced_first": Words(
            _(
                "The exit took effect before it was announced: correct the dates, or mark it as "
                "declared to reach back."
            ),
            ("exit_announced_on", "exit_effective_on"),
        ),
        "membership_ends_before_exit": Words(
            _(
                "The exit has taken effect, so the last day of membership must be before that "
                "day: set the last day to the day before."
            ),
            ("ends_on", "exit_effective_on"),
        ),
        "membership_no_overlap": Words(
            _(
                "The country has this standing in the body already on some of these days: end the "
                "earlier row first, or change the dates."
            ),
            ("starts_on", "ends_on", "country"),
        ),
        "instrument_adopted_before_force": Words(
            _("The instrument was in force before it was adopted: swap or correct the dates."),
            ("in_force_on", "adopted_on"),
        ),
        "instrument_period_ordered": Words(
            _("The instrument ended before it was in force: swap or correct the dates."),
            ("ended_on", "in_force_on"),
        ),
        "mission_period_ordered": PERIOD,
        "mission_planned_has_no_start": Words(
            _("A planned force has no first day: empty it, or choose another kind."),
            ("starts_on", "kind"),
        ),
        "mission_not_own_predecessor": Words(
            _("A mission cannot succeed itself: name another one, or leave it empty."),
            ("predecessor",),
        ),
    }
)
