"""Addresses of the home page, the incidents, and the campaigns."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from incidents import detail_views, feeds, map_views, views
from incidents.campaigns import views as campaigns
from incidents.compare import views as compare
from incidents.explorer import views as explorer
from incidents.on_a_day import views as on_a_day
from incidents.takeaway import views as takeaway

app_name = "incidents"


class PublicId(StringConverter):
    """Ten characters of a public id, in either case; the page redirects to the right one."""

    regex = "[0-9A-Za-z]{10}"


register_converter(PublicId, "public_id")

urlpatterns = [
    path("", views.home, name="home"),
    path("incidents/", explorer.page, name="list"),
    path("incidents/feed.atom", feeds.atom, name="atom"),
    path("incidents/feed.json", feeds.json_feed, name="json-feed"),
    path("incidents/feed.ics", feeds.calendar, name="calendar"),
    path("incidents/compare/", compare.compare, name="compare"),
    path("charts/<slug:kind>.<slug:form>", takeaway.chart, name="chart"),
    path("incidents/facets/<slug:name>/", explorer.values, name="facet"),
    path("incidents/map/", map_views.panel, name="map"),
    path("incidents/map/here/", map_views.here, name="map-here"),
    path("incidents/<public_id:public_id>/", detail_views.detail, name="short"),
    path("incidents/<public_id:public_id>/cite.<slug:style>", detail_views.cite, name="cite"),
    path("incidents/<public_id:public_id>/<slug:slug>/", detail_views.detail, name="detail"),
    path("on/", on_a_day.pick, name="on-today"),
    path("on/<str:date>/", on_a_day.page, name="on"),
    path("campaigns/", campaigns.listing, name="campaigns"),
    path("campaigns/<slug:slug>/", campaigns.detail, name="campaign"),
]
