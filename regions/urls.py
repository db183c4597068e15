"""Addresses of countries, regional bodies and missions."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from regions import profile_views, views

app_name = "regions"


class Iso3(StringConverter):
    """Three letters, in either case; the page redirects to capitals."""

    regex = "[A-Za-z]{3}"


register_converter(Iso3, "iso3")

urlpatterns = [
    path("countries/", views.countries, name="countries"),
    path("countries/<iso3:iso3>/", profile_views.country, name="country"),
    path("areas/<slug:slug>/", profile_views.area, name="area"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<slug:slug>/", views.body, name="body"),
    path("missions/", views.missions, name="missions"),
    path("missions/<slug:slug>/", views.mission, name="mission"),
]
