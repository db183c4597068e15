"""What the constraints on publishers, documents and citations mean, in words."""

from django.utils.translation import gettext_lazy as _

from core.constraint_messages import Words, say

say(
    {
        "source_unique_name_kind": Words(
            _("A publisher of this kind has this name already: open that one instead."),
            ("name", "kind"),
        ),
        "source_kind_known": Words(_("This kind of publisher is not known."), ("kind",)),
        "source_reliability_known": Words(
            _("Reliability is one letter from A to F."), ("reliability",)
        ),
        "document_published_ordered": Words(
            _("The first possible day of publication is after the last: swap or correct them."),
            ("published_from", "published_to"),
        ),
        "document_not_own_copy": Words(
            _("A document cannot be a copy of itself: name the original, or leave it empty."),
            ("syndicated_from",),
        ),
        "citation_unique_target_locator": Words(
            _("This document is named here already for the same page: say another page."),
            ("cite", "locator"),
        ),
        "citation_credibility_known": Words(
            _("Credibility is one digit from 1 to 6."), ("credibility",)
        ),
        "citation_reliability_known": Words(
            _("Reliability is one letter from A to F."), ("reliability", "cite")
        ),
        "external_id_unique_value": Words(
            _("Another row carries this identifier already: look there first."), ("value",)
        ),
        "external_id_period_ordered": Words(
            _("The identifier begins after it ends: swap or correct the dates."),
            ("starts_on", "ends_on"),
        ),
    }
)
