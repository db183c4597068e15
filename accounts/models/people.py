"""People and what they may do."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role


class PeopleManager(UserManager["User"]):
    def role_account(self, username: str, role: Role) -> "User":
        """A fixed account for automatic work (imports, seed). It cannot sign in."""
        account, _ = self.get_or_create(
            username=username, defaults={"role": role, "is_active": False, "password": "!"}
        )
        return account

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **more: Any
    ) -> "User":
        """An administrator, from the console."""
        return super().create_superuser(
            username, email, password, **{"role": Role.ADMINISTRATOR} | more
        )


class User(AbstractUser):
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)
    countries = ArrayField(
        models.CharField(max_length=3),
        default=list,
        blank=True,
        help_text=_("ISO 3166 codes of the countries this person edits; empty means all."),
    )

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_role_known", condition=Q(role__in=Role.values)),
        ]

    def may(self, role: Role) -> bool:
        """Whether this person has `role` or a higher one. Superusers are administrators."""
        return self.is_superuser or Role(self.role).includes(role)
