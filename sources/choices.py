from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    WIRE = "wire", _("news agency")
    NEWS = "news", _("news outlet")
    GOVERNMENT = "government", _("government")
    MISSION = "mission", _("mission")
    ARMED_GROUP = "armed_group", _("armed group")
    IGO = "igo", _("international organisation")
    NGO = "ngo", _("non-governmental organisation")
    ANALYSIS = "analysis", _("think tank or analyst")
    ACADEMIC = "academic", _("academic")
    MONITOR = "monitor", _("monitor")
    TERTIARY = "tertiary", _("encyclopaedia or compilation")
    DATASET = "dataset", _("data set")
    SEED = "seed", _("seed document")


class Reliability(models.TextChoices):
    """Admiralty code, letter: how reliable the publisher is by default."""

    A = "A", _("A: completely reliable")
    B = "B", _("B: usually reliable")
    C = "C", _("C: fairly reliable")
    D = "D", _("D: not usually reliable")
    E = "E", _("E: unreliable")
    F = "F", _("F: reliability cannot be judged")


class Credibility(models.IntegerChoices):
    """Admiralty code, digit: how credible this piece of information is."""

    CONFIRMED = 1, _("1: confirmed by other sources")
    PROBABLE = 2, _("2: probably true")
    POSSIBLE = 3, _("3: possibly true")
    DOUBTFUL = 4, _("4: doubtful")
    IMPROBABLE = 5, _("5: improbable")
    UNJUDGED = 6, _("6: truth cannot be judged")


class Seen(models.TextChoices):
    READ = "read", _("page read")
    SEED = "seed", _("seed document")
    UNVERIFIED = "unverified", _("not yet read")


class Protection(models.TextChoices):
    PUBLIC = "public", _("public")
    ANONYMOUS = "anonymous", _("anonymous source")
