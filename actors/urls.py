"""Addresses of actor pages, below /actors/."""

from django.urls import path

from actors import views

app_name = "actors"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
]
