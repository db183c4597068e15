"""Addresses of the operators' pages, below /desk/jobs/."""

from django.urls import path

from reports.operations import views

app_name = "jobs"

urlpatterns = [
    path("", views.page, name="list"),
    path("now/", views.now, name="now"),
    path("<slug:kind>/<int:pk>/", views.job_page, name="job"),
    path("<slug:kind>/<int:pk>/act/", views.act, name="act"),
]
