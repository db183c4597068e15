"""The public API: one router for every noun."""

from django.urls import URLPattern

app_name = "api"

urlpatterns: list[URLPattern] = []
