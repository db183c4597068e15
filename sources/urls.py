"""Addresses of source documents, below /sources/."""

from django.urls import path

from sources import views

app_name = "sources"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
]
