"""Addresses of the pages about the site itself."""

from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("methods/", views.methods, name="methods"),
    path("components/", views.components, name="components"),
    path("healthz", views.health, name="health"),
]
