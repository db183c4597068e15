"""Addresses."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.archive, name="list"),
    path("<slug:public_id>.<slug:ending>", views.file, name="file"),
    path("<slug:public_id>/", views.detail, name="detail"),
    path("<slug:public_id>/tables/<str:key>.csv", views.table, name="table"),
    path(
        "<slug:public_id>/pictures/<str:key>.<slug:ending>",
        views.picture,
        name="picture",
    ),
]
