"""Addresses of saved searches and of alerts."""

from django.urls import path

from reports.watches import views

app_name = "watches"

urlpatterns = [
    path("searches/", views.searches, name="list"),
    path("searches/new/", views.new, name="new"),
    path("searches/keep/", views.keep, name="keep"),
    path("searches/<uuid:uid>/", views.change, name="change"),
    path("searches/<uuid:uid>/delete/", views.delete, name="delete"),
    path("alerts/<str:key>/", views.alert, name="alert"),
]
