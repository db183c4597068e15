"""The vocabularies of situation reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cadence(models.TextChoices):
    """How often a schedule reports. A fortnight is half a calendar month: 1–15, 16–end."""

    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")
    FORTNIGHTLY = "fortnightly", _("fortnightly")
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    YEARLY = "yearly", _("yearly")


class Topic(models.TextChoices):
    """What a thematic report is about; a general one has none."""

    GENERAL = "general", _("everything")
    ACTOR = "actor", _("a group")
    CAMPAIGN = "campaign", _("a campaign")
    KIDNAPPING = "kidnapping", _("kidnappings")
    SUPPLY_LINES = "supply_lines", _("attacks on supply lines")


class Release(models.TextChoices):
    """Who lets a report out: the machine, or two people."""

    AUTOMATIC = "automatic", _("as soon as it is built")
    REVIEWED = "reviewed", _("after an analyst has written and another has released it")


class ManuscriptState(models.TextChoices):
    """Where a report stands that waits for people."""

    WRITING = "writing", _("being written")
    SUBMITTED = "submitted", _("waiting for release")
    RELEASED = "released", _("released")
    DROPPED = "dropped", _("dropped")


class Likelihood(models.TextChoices):
    """Words of likelihood with their range of probability, in per cent.

    Source: US Intelligence Community Directive 203 (2015), D.6.e(2)(a).
    """

    ALMOST_NO_CHANCE = "almost_no_chance", _("almost no chance (1–5%)")
    VERY_UNLIKELY = "very_unlikely", _("very unlikely (5–20%)")
    UNLIKELY = "unlikely", _("unlikely (20–45%)")
    ROUGHLY_EVEN = "roughly_even", _("roughly even chance (45–55%)")
    LIKELY = "likely", _("likely (55–80%)")
    VERY_LIKELY = "very_likely", _("very likely (80–95%)")
    ALMOST_CERTAIN = "almost_certain", _("almost certain (95–99%)")


class Confidence(models.TextChoices):
    """How far an analyst trusts the ground of a judgement; likelihood is another question.

    Source: the same directive, D.6.e(2)(b): sources, gaps, assumptions, not the outcome.
    """

    LOW = "low", _("low confidence")
    MODERATE = "moderate", _("moderate confidence")
    HIGH = "high", _("high confidence")
