"""The vocabularies of incidents. Target, weapon and tactic lists follow data/taxonomy.yaml."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypeGroup(models.TextChoices):
    ARMED_ASSAULT = "armed_assault", _("armed assault")
    EXPLOSION = "explosion", _("explosion")
    HOSTAGE = "hostage", _("hostage-taking")
    ASSASSINATION = "assassination", _("assassination")
    PROPERTY = "property", _("attack on property")
    SEXUAL_VIOLENCE = "sexual_violence", _("sexual violence")
    CROWD = "crowd", _("crowd violence")
    STRATEGIC = "strategic", _("strategic development")
    OTHER = "other", _("other")


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")
    DISCARDED = "discarded", _("discarded")


PUBLIC_STATUSES = (Status.PUBLISHED, Status.CORRECTED)
# Out of every list of the desk; the number still leads there.
GONE = (Status.MERGED, Status.DISCARDED)


class Sensitivity(models.TextChoices):
    PUBLIC = "public", _("public")
    RESTRICTED = "restricted", _("restricted")
    CONFIDENTIAL = "confidential", _("confidential")


class Disclosure(models.TextChoices):
    """How much of a published incident the record shows."""

    FULL = "full", _("in full")
    COUNTRY_MONTH = "country_month", _("country and month only")


class WithdrawalReason(models.TextChoices):
    NOT_CONFIRMED = "not_confirmed", _("could not be confirmed")
    OUT_OF_SCOPE = "out_of_scope", _("outside the scope")
    DUPLICATE = "duplicate", _("entered twice")
    SAFETY = "safety", _("withdrawn to protect people")
    SOURCE_RETRACTED = "source_retracted", _("the source retracted it")
    REMOVED_UPSTREAM = "removed_upstream", _("removed by the data set it came from")


class Clarity(models.TextChoices):
    INDIVIDUAL = "individual", _("single event")
    AGGREGATE = "aggregate", _("aggregate report")


class Outcome(models.TextChoices):
    COMPLETED = "completed", _("carried out")
    REPELLED = "repelled", _("repelled")
    FOILED_DURING = "foiled_during", _("stopped while under way")
    UNKNOWN = "unknown", _("unknown")


class Attribution(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    PROBABLE = "probable", _("probable")
    SUSPECTED = "suspected", _("suspected")
    DISPUTED = "disputed", _("disputed")
    UNKNOWN = "unknown", _("unknown")


class ClaimStatus(models.TextChoices):
    CLAIMED = "claimed", _("claimed")
    UNCLAIMED = "unclaimed", _("not claimed")
    DENIED = "denied", _("denied")
    COMPETING = "competing", _("competing claims")
    OTHER_NAME = "claimed_under_other_name", _("claimed under another name")
    UNKNOWN = "unknown", _("unknown")


class Role(models.TextChoices):
    PERPETRATOR = "perpetrator", _("perpetrator")
    ACCUSED = "accused", _("accused")
    CLAIMANT = "claimant", _("claimant")
    # Data sets such as UCDP name the sides of a fight without a direction.
    PARTY = "party", _("party to the fighting")
    TARGET = "target", _("target")
    RESPONDER = "responder", _("responder")
    BYSTANDER_FORCE = "bystander_force", _("force present")


class GeoPrecision(models.TextChoices):
    """UCDP where_prec 1 to 7, in Vigil's words; the order runs from fine to coarse."""

    EXACT = "exact", _("exact place")
    NEAR = "near", _("within about 25 km")
    ADMIN2 = "admin2", _("second-level area")
    ADMIN1 = "admin1", _("first-level area")
    LINEAR = "linear", _("along a road, river or border")
    COUNTRY = "country", _("country only")
    SEA_AIR = "sea_air", _("at sea or in the air")


class Harm(models.TextChoices):
    KILLED = "killed", _("killed")
    WOUNDED = "wounded", _("wounded")
    ABDUCTED = "abducted", _("abducted")
    MISSING = "missing", _("missing")
    DETAINED = "detained", _("detained")
    SEXUAL_VIOLENCE = "sexual_violence", _("sexual violence")
    DISPLACED = "displaced", _("displaced")


class Population(models.TextChoices):
    ALL = "all", _("everyone")
    CIVILIANS = "civilians", _("civilians")
    SECURITY_FORCES = "security_forces", _("security forces")
    ATTACKERS = "attackers", _("attackers")
    ARMED_GROUP = "armed_group", _("armed group")
    AID_WORKERS = "aid_workers", _("aid workers")
    UN_PERSONNEL = "un_personnel", _("UN personnel")
    FOREIGNERS = "foreigners", _("foreigners")
    WOMEN = "women", _("women")
    CHILDREN = "children", _("children")
    SIDE_A = "side_a", _("side A")
    SIDE_B = "side_b", _("side B")
    UNKNOWN = "unknown", _("unknown")


class Scope(models.TextChoices):
    EXCL_ATTACKERS = "excl_attackers", _("without the attackers")
    INCL_ATTACKERS = "incl_attackers", _("attackers included")
    GOVERNMENT_SIDE = "government_side", _("government side only")
    ALL_PARTIES = "all_parties", _("all parties")


class Measure(models.TextChoices):
    COUNT = "count", _("count")
    DEAD_OR_MISSING = "dead_or_missing", _("dead or missing")
    IDENTIFIED = "identified", _("identified")


class ClaimChannel(models.TextChoices):
    LETTER = "letter", _("letter")
    CALL_AFTER = "call_after", _("telephone call after the event")
    CALL_BEFORE = "call_before", _("telephone call before the event")
    EMAIL = "email", _("e-mail")
    NOTE = "note", _("note at the scene")
    VIDEO = "video", _("video")
    WEBSITE = "website", _("website or social media")
    PERSONAL = "personal", _("in person")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class Authenticity(models.TextChoices):
    AUTHENTICATED = "authenticated", _("authenticated")
    PLAUSIBLE = "plausible", _("plausible")
    UNVERIFIED = "unverified", _("unverified")
    REJECTED = "rejected", _("rejected")


class Dataset(models.TextChoices):
    VIGIL = "vigil", _("Vigil")
    UCDP = "ucdp", _("UCDP GED")
    ACLED = "acled", _("ACLED")
    GTD = "gtd", _("GTD")


class TargetType(models.TextChoices):
    MILITARY = "military", _("military")
    POLICE_GENDARMERIE = "police_gendarmerie", _("police and gendarmerie")
    MILITIA_AUXILIARY = "militia_auxiliary", _("militia and auxiliaries")
    GOVERNMENT = "government", _("government")
    DIPLOMATIC = "diplomatic", _("diplomatic")
    UN_IGO = "un_igo", _("UN and international organisations")
    NGO_AID = "ngo_aid", _("aid organisations")
    CIVILIANS = "civilians", _("civilians")
    RELIGIOUS = "religious", _("religious")
    EDUCATION = "education", _("education")
    HEALTH = "health", _("health care")
    MEDIA = "media", _("media")
    MARKET = "market", _("market")
    BUSINESS_HOTEL = "business_hotel", _("hotel")
    BUSINESS_MALL = "business_mall", _("shopping centre")
    RESTAURANT_LEISURE = "restaurant_leisure", _("restaurant and leisure")
    TOURISM = "tourism", _("tourism")
    TRANSPORT_ROAD = "transport_road", _("road transport")
    TRANSPORT_AIR = "transport_air", _("air transport")
    TRANSPORT_RIVER = "transport_river", _("river transport")
    ENERGY_EXTRACTIVES = "energy_extractives", _("energy, fuel and mining")
    DISPLACED_PERSONS = "displaced_persons", _("displaced people")
    PRISON = "prison", _("prison")


class Weapon(models.TextChoices):
    FIREARMS = "firearms", _("firearms")
    GRENADES = "grenades", _("grenades")
    ROCKETS_MORTARS = "rockets_mortars", _("rockets and mortars")
    VEHICLE_BOMB = "vehicle_bomb", _("vehicle bomb")
    SUICIDE_VEHICLE_BOMB = "suicide_vehicle_bomb", _("suicide vehicle bomb")
    SUICIDE_VEST = "suicide_vest", _("suicide bomber on foot")
    IED_ROADSIDE = "ied_roadside", _("roadside bomb or mine")
    EXPLOSIVES_UNSPECIFIED = "explosives_unspecified", _("explosives, kind not stated")
    AIRCRAFT_BOMB = "aircraft_bomb", _("bomb on an aircraft")
    AIRSTRIKE = "airstrike", _("air strike")
    DRONE = "drone", _("drone")
    BLADED = "bladed", _("bladed weapons")
    INCENDIARY_ARSON = "incendiary_arson", _("fire")
    UNKNOWN = "unknown", _("unknown")


class Tactic(models.TextChoices):
    CONVOY_AMBUSH = "convoy_ambush", _("ambush of a convoy")
    DRONE_EVASION = "drone_evasion", _("evading drones")
    CROSS_BORDER = "cross_border_movement", _("movement across a border")
    CHECKPOINT = "checkpoint", _("false checkpoint")
    MOTORCYCLE_COLUMN = "motorcycle_column", _("motorcycle column")
    SECONDARY_ATTACK = "secondary_attack_on_responders", _("second attack on responders")
    FUEL_BLOCKADE = "fuel_blockade", _("fuel blockade")


class CampaignKind(models.TextChoices):
    CONFLICT = "conflict", _("armed conflict")
    EPISODE = "episode", _("episode")
    SERIES = "series", _("series")
    CAMPAIGN = "campaign", _("campaign")
    CONDITION = "condition", _("condition")


class ConditionType(models.TextChoices):
    BLOCKADE = "blockade", _("blockade")
    SIEGE = "siege", _("siege")
    EMBARGO = "embargo", _("embargo")
    TERRITORIAL_CONTROL = "territorial_control", _("territorial control")


class CampaignStatus(models.TextChoices):
    OPEN = "open", _("ongoing")
    CLOSED = "closed", _("ended")
    UNKNOWN = "unknown", _("unknown")


class TieReason(models.TextChoices):
    EXPLICIT_SOURCE = "explicit_source", _("a source says so")
    SAME_DAY = "same_day", _("same day")
    ANALYST = "analyst", _("analyst's judgement")


class LinkRelation(models.TextChoices):
    SAME_DAY = "same_day_coordinated", _("coordinated on the same day")
    FOLLOW_UP = "follow_up_violence", _("violence that followed")
    RETALIATION = "retaliation_for", _("retaliation for")
    SECONDARY = "secondary_attack", _("second attack")
    DUPLICATE = "duplicate_of", _("duplicate of")
    SPLIT = "split_of", _("split from")


class ImpactKind(models.TextChoices):
    FUEL = "fuel", _("fuel")
    POWER = "power", _("power")
    PRICES = "prices", _("prices")
    SCHOOLS = "schools", _("schools")
    HEALTH = "health", _("health")
    MOVEMENT = "movement", _("movement")
    BUSINESS = "business", _("business")
    OTHER = "other", _("other")
