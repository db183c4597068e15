"""The record: what readers see. Append-only, one row per published version (DESIGN.md)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from core.base import ordered_triple
from core.fields import StoredJSONField
from incidents.models.vocabulary import KEEP_WORDS
from incidents.querysets import RecordQuerySet

CURRENT = Q(valid_to__isnull=True, is_listed=True)
# People were taken, or the incident is a hostage-taking: of these alone ransoms and talks are told.
PEOPLE_TAKEN = (
    Q(group="hostage")
    | Q(abducted_low__isnull=False)
    | Q(abducted_best__isnull=False)
    | Q(abducted_high__isnull=False)
)


class RecordHead(models.Model):
    """The tip of the record: one row, locked by every publish.

    Its lock makes `seq` commit-ordered and without gaps, so that a reader who polls `since=` can
    miss nothing (ADR 0002).
    """

    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)
    listed = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="record_head_is_single", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"seq {self.seq}"


def terms() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.TextField(), default=list)


class PublishedIncident(models.Model):
    """One published version of one incident: filter columns beside the JSON that is served."""

    seq = models.BigIntegerField(primary_key=True)
    public_id = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    status = models.CharField(max_length=10)
    # False for tombstones: withdrawn and merged versions are in the change feed, not in lists.
    is_listed = models.BooleanField()
    reason = models.CharField(max_length=20, blank=True)
    # What changed and why, for readers of English and of French.
    notice = models.TextField(blank=True)
    notice_fr = models.TextField(blank=True, default="", db_default="")
    merged_into = models.CharField(max_length=10, blank=True)
    slug = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=200, blank=True)
    dataset = models.CharField(max_length=8)

    date_start = models.DateField()
    date_end = models.DateField()
    date_precision = models.CharField(max_length=10)
    is_multiday = models.BooleanField()
    country = models.CharField(max_length=3)
    region = models.CharField(max_length=10, blank=True)
    area = models.CharField(max_length=120, blank=True)
    type = models.CharField(max_length=7)
    group = models.CharField(max_length=16)
    clarity = models.CharField(max_length=10)
    attribution = models.CharField(max_length=10)
    checked = models.CharField(max_length=12)
    actors = terms()
    # `slug:role`, for questions such as "claimed by JNIM".
    actor_roles = terms()
    targets = terms()
    weapons = terms()
    tactics = terms()
    campaigns = terms()
    # Bodies whose member the country was on the day of the incident.
    bodies = terms()
    sources = terms()
    sources_count = models.PositiveIntegerField()
    killed_low = models.IntegerField(null=True)
    killed_best = models.IntegerField(null=True)
    killed_high = models.IntegerField(null=True)
    killed_scope = models.CharField(max_length=16)
    wounded_low = models.IntegerField(null=True)
    wounded_best = models.IntegerField(null=True)
    wounded_high = models.IntegerField(null=True)
    abducted_low = models.IntegerField(null=True)
    abducted_best = models.IntegerField(null=True)
    abducted_high = models.IntegerField(null=True)
    displaced_low = models.IntegerField(null=True)
    displaced_best = models.IntegerField(null=True)
    displaced_high = models.IntegerField(null=True)
    attackers_killed_low = models.IntegerField(null=True)
    attackers_killed_best = models.IntegerField(null=True)
    attackers_killed_high = models.IntegerField(null=True)
    # A combined toll that covers this and other incidents, counted once where all of them are
    # in the question (B6); `toll_size` says how many it covers.
    toll_id = models.BigIntegerField(null=True)
    toll_size = models.PositiveSmallIntegerField(null=True)
    toll_low = models.IntegerField(null=True)
    toll_best = models.IntegerField(null=True)
    toll_high = models.IntegerField(null=True)
    # What may be shown, never what is stored at the desk.
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    geo_precision = models.CharField(max_length=8)
    search = SearchVectorField(null=True)
    search_text = models.TextField(blank=True)
    payload = StoredJSONField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-date_start", "-public_id"]
        constraints = [
            models.UniqueConstraint(fields=["public_id", "version"], name="record_unique_version"),
            models.UniqueConstraint(
                fields=["public_id"], condition=Q(valid_to__isnull=True), name="record_one_current"
            ),
            models.CheckConstraint(
                name="record_validity_ordered",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="record_dates_ordered", condition=Q(date_start__lte=F("date_end"))
            ),
            models.CheckConstraint(
                name="record_listed_iff_public",
                condition=Q(is_listed=True, status__in=["published", "corrected"], reason="")
                | Q(is_listed=False, status__in=["withdrawn", "merged"]),
            ),
            models.CheckConstraint(
                name="record_tombstone_is_bare",
                condition=Q(is_listed=True)
                | Q(title="", latitude__isnull=True, actors=[], sources=[], search_text=""),
            ),
            ordered_triple("record_killed_ordered", "killed_"),
        ]
        indexes = [
            models.Index(
                F("date_start").desc(),
                F("public_id").desc(),
                condition=CURRENT,
                name="record_by_date",
            ),
            models.Index(
                F("date_start").desc(), F("public_id").desc(), name="record_by_date_any_version"
            ),
            models.Index(
                F("country"),
                F("date_start").desc(),
                F("public_id").desc(),
                condition=CURRENT,
                name="record_by_country",
            ),
            models.Index(
                F("dataset"),
                F("date_start").desc(),
                F("public_id").desc(),
                condition=CURRENT,
                name="record_by_dataset",
            ),
            models.Index(
                F("type"),
                F("date_start").desc(),
                F("public_id").desc(),
                condition=CURRENT,
                name="record_by_type",
            ),
            models.Index(
                Coalesce(F("killed_best"), Value(-1)).desc(),
                F("public_id").desc(),
                condition=CURRENT,
                name="record_by_killed",
            ),
            models.Index(
                fields=["latitude", "longitude"], condition=CURRENT, name="record_by_point"
            ),
            models.Index(
                fields=["toll_id"], condition=Q(toll_id__isnull=False), name="record_by_toll"
            ),
            models.Index(
                fields=["date_start"], condition=PEOPLE_TAKEN, name="record_by_people_taken"
            ),
            GinIndex(
                fields=["actors", "actor_roles", "campaigns", "bodies"],
                condition=CURRENT,
                name="record_by_ties",
                gin_pending_list_limit=1024,
            ),
            GinIndex(
                fields=["targets", "weapons", "tactics"],
                condition=CURRENT,
                name="record_by_means",
                gin_pending_list_limit=1024,
            ),
            GinIndex(
                fields=["sources"],
                condition=CURRENT,
                name="record_by_source",
                gin_pending_list_limit=1024,
            ),
            GinIndex(
                # Of every version: the past is asked for words too.
                fields=["search"],
                name="record_by_words",
                gin_pending_list_limit=1024,
            ),
        ]
        triggers = [
            KEEP_WORDS,
            pgtrigger.Trigger(
                name="record_is_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                # Three changes are lawful: a version ends, is emptied to protect people, or loses
                # its link to one that was.
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL THEN
                        NEW.search := OLD.search;
                        IF (to_jsonb(NEW) - 'valid_to') = (to_jsonb(OLD) - 'valid_to') THEN
                            RETURN NEW;
                        END IF;
                    ELSIF TG_OP = 'UPDATE' AND OLD.is_listed AND NOT NEW.is_listed
                          AND NEW.reason = 'safety' AND OLD.valid_to IS NOT NULL
                          AND (NEW.seq, NEW.public_id, NEW.version, NEW.valid_from, NEW.valid_to,
                               NEW.date_start, NEW.date_end)
                            = (OLD.seq, OLD.public_id, OLD.version, OLD.valid_from, OLD.valid_to,
                               OLD.date_start, OLD.date_end) THEN
                        RETURN NEW;
                    ELSIF TG_OP = 'UPDATE' AND OLD.valid_to IS NOT NULL
                          AND (NEW.payload::jsonb - 'links') = (OLD.payload::jsonb - 'links')
                          AND (OLD.payload::jsonb -> 'links') @> (NEW.payload::jsonb -> 'links')
                    THEN
                        NEW.search := OLD.search;
                        IF (to_jsonb(NEW) - 'payload') = (to_jsonb(OLD) - 'payload') THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'the record is append-only'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_is_append_only';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} v{self.version}"
