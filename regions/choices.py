from django.db import models
from django.utils.translation import gettext_lazy as _


class AuRegion(models.TextChoices):
    """The African Union's five regions."""

    NORTHERN = "northern", _("Northern Africa")
    WESTERN = "western", _("Western Africa")
    CENTRAL = "central", _("Central Africa")
    EASTERN = "eastern", _("Eastern Africa")
    SOUTHERN = "southern", _("Southern Africa")


class AreaKind(models.TextChoices):
    REGION = "region", _("region")
    PROVINCE = "province", _("province")
    CERCLE = "cercle", _("cercle")
    DEPARTMENT = "department", _("department")
    LGA = "lga", _("local government area")
    DISTRICT = "district", _("district")
    COUNTY = "county", _("county")
    DE_FACTO_TERRITORY = "de_facto_territory", _("de facto territory")
    OTHER = "other", _("area")


class PlaceKind(models.TextChoices):
    TOWN = "town", _("town")
    VILLAGE = "village", _("village")
    BASE = "base", _("base")
    ROAD_POINT = "road_point", _("point on a road")
    SITE = "site", _("site")
    AREA = "area", _("area")


class BodyKind(models.TextChoices):
    CONTINENTAL = "continental", _("continental organisation")
    REC = "rec", _("regional economic community")
    SECURITY_ALLIANCE = "security_alliance", _("security alliance")
    BASIN_COMMISSION = "basin_commission", _("basin commission")
    SUB_REGIONAL = "sub_regional", _("sub-regional organisation")
    COOPERATION_INITIATIVE = "cooperation_initiative", _("cooperation initiative")
    ORGAN = "organ", _("organ")
    INTERNATIONAL = "international", _("international organisation")


class MembershipStatus(models.TextChoices):
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    SUSPENDED = "suspended", _("suspended")
    FROZEN = "frozen", _("participation frozen")


class InstrumentKind(models.TextChoices):
    TREATY = "treaty", _("treaty")
    PROTOCOL = "protocol", _("protocol")
    POLICY_FRAMEWORK = "policy_framework", _("policy framework")
    MANDATE = "mandate", _("mandate")
    CHARTER = "charter", _("charter")
    CONVENTION = "convention", _("convention")


class MissionKind(models.TextChoices):
    PEACE_SUPPORT = "peace_support", _("peace support operation")
    UN_PEACEKEEPING = "un_peacekeeping", _("UN peacekeeping operation")
    REGIONAL_JOINT_FORCE = "regional_joint_force", _("regional joint force")
    UNILATERAL = "unilateral", _("unilateral operation")
    BILATERAL = "bilateral", _("bilateral operation")
    TRAINING = "training", _("training mission")
    COUNTER_TERRORISM = "counter_terrorism", _("counter-terrorism operation")
    PMC_DEPLOYMENT = "pmc_deployment", _("private military deployment")
    PLANNED_FORCE = "planned_force", _("planned force")
    UNSPECIFIED_COOPERATION = "unspecified_cooperation", _("unspecified cooperation")
