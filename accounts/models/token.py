"""Tokens with which a person's own programs write."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from core.ids import new_public_id


class ApiToken(models.Model):
    """`vgl_<key>_<secret>`: the key finds the row, and only the digest of the secret is kept."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    key = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(name="token_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="token_expires_later", condition=Q(expires_at__gt=F("issued_at"))
            ),
            models.CheckConstraint(
                name="token_revoked_is_pair",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"

    def is_live(self, at: dt.datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and at < self.expires_at and self.person.is_active
