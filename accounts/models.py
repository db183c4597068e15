"""People, their roles, and the append-only audit trail."""

from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q

from accounts.choices import Role


class PeopleManager(UserManager["User"]):
    def role_account(self, username: str, role: Role) -> "User":
        """A fixed account for automatic work (imports, seed). It cannot sign in."""
        account, _ = self.get_or_create(
            username=username, defaults={"role": role, "is_active": False, "password": "!"}
        )
        return account


class User(AbstractUser):
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_role_known", condition=Q(role__in=Role.values)),
        ]

    def may(self, role: Role) -> bool:
        """Whether this person has `role` or a higher one. Superusers are administrators."""
        return self.is_superuser or Role(self.role).includes(role)


class AuditEntry(models.Model):
    """Who did what, when. Append-only and without foreign keys, so that it outlives its objects."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    verb = models.CharField(max_length=40)
    noun = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["noun", "object_id", "at"], name="audit_by_object_at")]
        triggers = [
            pgtrigger.Protect(
                name="audit_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.noun} {self.object_id}"
