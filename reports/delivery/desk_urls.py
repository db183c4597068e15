"""Addresses of the desk: recipients of a series, webhooks."""

from django.urls import path

from reports.delivery import desk

app_name = "delivery-desk"

urlpatterns = [
    path("reports/schedules/<slug:slug>/recipients/", desk.recipients, name="recipients"),
    path(
        "reports/schedules/<slug:slug>/recipients/<uuid:uid>/remove/",
        desk.remove_recipient,
        name="remove-recipient",
    ),
    path("webhooks/", desk.webhook_list, name="webhooks"),
    path("webhooks/<uuid:uid>/", desk.webhook, name="webhook"),
    path("webhooks/<uuid:uid>/act/", desk.act, name="webhook-act"),
]
