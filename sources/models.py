"""Who says so: publishers, their documents, and citations with Admiralty grades."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from core.base import Tracked, ordered
from core.choices import PartialPrecision
from sources.choices import Credibility, Protection, Reliability, Seen, SourceKind
from sources.querysets import DocumentQuerySet, SourceQuerySet


class Source(Tracked):
    """A publisher: a news agency, a ministry, a monitor (domain reference B3.18)."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    country_iso3 = models.CharField(max_length=3, blank=True)
    scale = models.CharField(max_length=20, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability.choices)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "kind"], name="source_unique_name_kind"),
            models.CheckConstraint(
                name="source_kind_known", condition=Q(kind__in=SourceKind.values)
            ),
            models.CheckConstraint(
                name="source_reliability_known", condition=Q(reliability__in=Reliability.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Document(Tracked):
    """One article, report or data set release. No full text is stored."""

    slug = models.SlugField(max_length=120, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=400, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published_from = models.DateField(null=True, blank=True)
    published_to = models.DateField(null=True, blank=True)
    published_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    published_text = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=600, null=True, blank=True, unique=True)
    archive_url = models.URLField(max_length=600, blank=True)
    language = models.CharField(max_length=16, default="en")
    accessed_on = models.DateField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    seed_file = models.CharField(max_length=80, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability.choices)
    seen = models.CharField(max_length=12, choices=Seen.choices, default=Seen.UNVERIFIED)
    protection = models.CharField(
        max_length=12, choices=Protection.choices, default=Protection.PUBLIC, db_default="public"
    )
    # A codebook or standard of the method: public although nothing cites it.
    is_manual = models.BooleanField(default=False, db_default=False)
    # Copies of one agency story share this document and count once.
    syndicated_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    note = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            ordered("document_published_ordered", "published_from", "published_to"),
            models.CheckConstraint(
                name="document_not_own_copy",
                condition=Q(syndicated_from__isnull=True) | ~Q(syndicated_from=models.F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug


class Citation(Tracked):
    """A document cited for one thing, graded: `B2` is letter of the document, digit of the fact."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    locator = models.CharField(max_length=120, blank=True, db_default="")
    original_speaker = models.CharField(max_length=300, blank=True, db_default="")
    reliability = models.CharField(max_length=1, choices=Reliability.choices)
    credibility = models.PositiveSmallIntegerField(choices=Credibility.choices)
    quote = models.CharField(max_length=300, blank=True, db_default="")
    note = models.CharField(max_length=600, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="citation_by_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "target_type", "target_id", "locator"],
                name="citation_unique_target_locator",
            ),
            models.CheckConstraint(
                name="citation_credibility_known", condition=Q(credibility__in=Credibility.values)
            ),
            models.CheckConstraint(
                name="citation_reliability_known", condition=Q(reliability__in=Reliability.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} [{self.grade}]"

    @property
    def grade(self) -> str:
        """Admiralty grade such as `B2`."""
        return f"{self.reliability}{self.credibility}"


class ExternalIdentifier(Tracked):
    """Somebody else's id for one of our rows. We keep such ids, never restricted rows."""

    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="external_id_by_target")]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="external_id_unique_value"),
            ordered("external_id_period_ordered", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


def citations() -> GenericRelation:
    """The citations of a row, as a related manager."""
    return GenericRelation(Citation, content_type_field="target_type", object_id_field="target_id")


def external_ids() -> GenericRelation:
    """The external identifiers of a row, as a related manager."""
    return GenericRelation(
        ExternalIdentifier, content_type_field="target_type", object_id_field="target_id"
    )
