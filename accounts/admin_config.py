from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin, entered through the desk's own sign-in."""

    default_site = "accounts.administration.DeskAdminSite"
