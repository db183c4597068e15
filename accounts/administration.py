"""Django's admin: for administrators only, and only after a second factor."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from accounts.choices import Role


class DeskAdminSite(admin.AdminSite):
    """Has no sign-in of its own, so that nobody comes in past the second factor."""

    def has_permission(self, request: HttpRequest) -> bool:
        # Imported late: the admin is made before the models are ready.
        from accounts.models import User
        from accounts.permissions import has_second_factor

        person = request.user
        return (
            isinstance(person, User)
            and person.is_active
            and person.may(Role.ADMINISTRATOR)
            and has_second_factor(request)
        )

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
        """Asks for what is missing: an account, or the second factor of this one."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("people:start"))
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("account_login")
        )
