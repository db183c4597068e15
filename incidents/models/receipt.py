"""What a tool was answered, so that a request sent twice is done once."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class WriteReceipt(models.Model):
    """The answer to one request of the write API that carried an `Idempotency-Key`.

    A row exists only where the request succeeded: it is written in the transaction of the change.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="write_receipts"
    )
    key = models.CharField(max_length=200)
    # Of method, address, `If-Match` and body.
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="receipt_unique_key"),
            models.CheckConstraint(
                name="receipt_digest_form", condition=Q(digest__regex="^[0-9a-f]{64}$")
            ),
        ]
        indexes = [models.Index(fields=["answered_at"], name="receipt_by_moment")]

    def __str__(self) -> str:
        return f"{self.person}: {self.key}"
