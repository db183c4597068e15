"""Addresses of subscribing and of the feed."""

from django.urls import path

from reports.delivery import feeds, views

app_name = "delivery"

urlpatterns = [
    path("feed.atom", feeds.atom, name="atom"),
    path("feed.json", feeds.json_feed, name="json-feed"),
    path("subscriptions/", views.subscribe, name="subscribe"),
    path("subscriptions/asked/", views.asked, name="asked"),
    path("subscriptions/confirm/<str:token>/", views.confirm, name="confirm"),
    path("subscriptions/leave/<str:token>/", views.leave, name="leave"),
]
