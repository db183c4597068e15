"""Addresses."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.archive, name="list"),
    path("<slug:public_id>.json", views.content, name="content"),
    path("<slug:public_id>/trend.<slug:form>", views.trend, name="trend"),
    path("<slug:public_id>/", views.detail, name="detail"),
]
