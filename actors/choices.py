from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    ARMED_GROUP = "armed_group", _("armed group")
    SEPARATIST_GROUP = "separatist_group", _("separatist group")
    COMMUNAL_MILITIA = "communal_militia", _("communal militia")
    AUXILIARY_FORCE = "auxiliary_force", _("auxiliary force")
    PMC = "pmc", _("private military company")
    STATE_FORCE = "state_force", _("state force")
    INTERNATIONAL_FORCE = "international_force", _("international force")
    HISTORICAL_GROUP = "historical_group", _("historical group")
    UNIDENTIFIED = "unidentified", _("unidentified")


class ActorStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    MERGED = "merged", _("merged")
    DISSOLVED = "dissolved", _("dissolved")
    RENAMED = "renamed", _("renamed")
    DORMANT = "dormant", _("dormant")
    UNKNOWN = "unknown", _("unknown")


class AliasKind(models.TextChoices):
    FULL = "full", _("full name")
    ACRONYM = "acronym", _("acronym")
    VARIANT = "variant", _("variant")
    FORMER = "former", _("former name")
    EXONYM = "exonym", _("name used by others")


class RelationType(models.TextChoices):
    """Read as: source TYPE target."""

    SPLIT_FROM = "split_from", _("split from")
    SUCCESSOR_OF = "successor_of", _("is successor of")
    MERGED_INTO = "merged_into", _("merged into")
    COMPONENT_OF = "component_of", _("is part of")
    AFFILIATE_OF = "affiliate_of", _("is affiliated with")
    PLEDGED_ALLEGIANCE_TO = "pledged_allegiance_to", _("pledged allegiance to")
    ALLIED_WITH = "allied_with", _("is allied with")
    RIVAL_OF = "rival_of", _("is a rival of")
    AUXILIARY_OF = "auxiliary_of", _("is an auxiliary of")
    SUPPORTS = "supports", _("supports")
    RENAMED_TO = "renamed_to", _("was renamed to")


# Stored once, with the lower actor id as source.
SYMMETRIC_RELATIONS = (RelationType.ALLIED_WITH, RelationType.RIVAL_OF)


class PresenceKind(models.TextChoices):
    OPERATES = "operates", _("operates")
    REAR_BASE = "rear_base", _("rear base")
    ACTIVE_CELL = "active_cell", _("active cell")
    CONTESTED_TERRITORY = "contested_territory", _("contested territory")
    RURAL_CONTROL = "rural_control", _("rural control")
    CONTROLS_TOWN = "controls_town", _("controls a town")
    TRAINING = "training", _("training")


class ContributionRole(models.TextChoices):
    LEAD = "lead", _("lead")
    TROOPS = "troops", _("troops")
    POLICE = "police", _("police")
    STAFF = "staff", _("staff")
    SUPPORT = "support", _("support")


class StrengthKind(models.TextChoices):
    PLANNED = "planned", _("planned")
    AUTHORISED = "authorised", _("authorised")
    REPORTED = "reported", _("reported")
