"""Addresses. Pages live with their noun; the API is wired in `vigil.api`."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    path("", include("incidents.urls")),
    path("", include("regions.urls")),
    path("actors/", include("actors.urls")),
    path("sources/", include("sources.urls")),
    path("reports/", include("reports.delivery.urls")),
    path("reports/", include("reports.urls")),
    path("", include("reports.watches.urls")),
    path("", include("core.urls")),
    path("desk/", include("accounts.urls")),
    path("desk/", include("accounts.desk.urls")),
    path("desk/", include("incidents.desk.urls")),
    path("desk/", include("reports.delivery.desk_urls")),
    path("desk/reports/", include("reports.desk.urls")),
    path("desk/", include("vigil.reference")),
    path("desk/jobs/", include("reports.operations.urls")),
    path("api/v1/", include("vigil.api")),
    # It changes nothing but the reader's own cookie; a token would make every page uncacheable.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]
