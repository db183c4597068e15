"""Addresses of the pages about the site itself."""

from django.urls import path

from core import finding, light, offline, views

app_name = "core"

urlpatterns = [
    path("methods/", views.methods, name="methods"),
    path("components/", views.components, name="components"),
    path("search/", finding.page, name="search"),
    path("search/suggest/", finding.suggest, name="suggest"),
    path("light/", light.switch, name="light"),
    path("offline/", offline.page, name="offline"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("healthz", views.health, name="health"),
    path("healthz/work", views.work, name="work"),
    path("favicon.ico", views.favicon, name="favicon"),
]
