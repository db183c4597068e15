"""Vocabularies that every room shares. Stored values are lower snake case and never shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatePrecision(models.TextChoices):
    """How surely a date is known (domain reference B3.10; widths in days in `MAX_WIDTH_DAYS`)."""

    DAY = "day", _("exact day")
    DAY_RANGE = "day_range", _("within a few days")
    WEEK = "week", _("within a week")
    MONTH = "month", _("within a month")
    QUARTER = "quarter", _("within a quarter")
    YEAR = "year", _("within a year")


# Widest interval, end minus start in days, that each precision may bound.
MAX_WIDTH_DAYS: dict[DatePrecision, int] = {
    DatePrecision.DAY: 0,
    DatePrecision.DAY_RANGE: 13,
    DatePrecision.WEEK: 6,
    DatePrecision.MONTH: 30,
    DatePrecision.QUARTER: 91,
    DatePrecision.YEAR: 365,
}


class PartialPrecision(models.TextChoices):
    """How much of a reference date is known: `2012`, `2012-06` or `2012-06-01`."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


class Confidence(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class Checked(models.TextChoices):
    """What a record rests on: pages that were read, a seed essay, or public knowledge only."""

    READ = "read", _("sources read")
    SEED = "seed", _("seed document")
    UNVERIFIED = "unverified", _("needs a primary source")


class Hedge(models.TextChoices):
    CERTAIN = "certain", _("stated as certain")
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")
    UNLIKELY = "unlikely", _("unlikely")
    REPORTED = "reported", _("reported")


class Comparator(models.TextChoices):
    """The words around a number: "over 300,000" is not 300,000."""

    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    ABOUT = "about", _("about")
    OVER = "over", _("over")
    DOZENS = "dozens", _("dozens")
    HUNDREDS = "hundreds", _("hundreds")
