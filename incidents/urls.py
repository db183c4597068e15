"""Addresses of the home page, the incidents, and search."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from incidents import campaign_views, views

app_name = "incidents"


class PublicId(StringConverter):
    """Ten characters of a public id, in either case; the page redirects to the right one."""

    regex = "[0-9A-Za-z]{10}"


register_converter(PublicId, "public_id")

urlpatterns = [
    path("", views.home, name="home"),
    path("incidents/", views.listing, name="list"),
    path("incidents/<public_id:public_id>/", views.detail, name="short"),
    path("incidents/<public_id:public_id>/<slug:slug>/", views.detail, name="detail"),
    path("search/", views.search, name="search"),
    path("campaigns/", campaign_views.listing, name="campaigns"),
    path("campaigns/<slug:slug>/", campaign_views.detail, name="campaign"),
]
