"""Addresses of the reference desks, below /desk/. Each noun declares its own desk."""

from django.urls import path

from accounts.reference.views import DeskPages, choosing, starting
from actors import desk as actor_desk
from actors import mission_desk
from incidents.campaigns import desk as campaign_desk
from regions import desk as body_desk
from reports.desk import told_field
from sources import desk as source_desk

app_name = "reference"

DESKS = (
    actor_desk.ACTORS,
    body_desk.BODIES,
    mission_desk.MISSIONS,
    campaign_desk.CAMPAIGNS,
    source_desk.SOURCES,
    source_desk.DOCUMENTS,
)
CHOICES = (
    actor_desk.CHOICES
    | body_desk.CHOICES
    | mission_desk.CHOICES
    | campaign_desk.CHOICES
    | source_desk.CHOICES
    | told_field.CHOICES
)

urlpatterns = [
    path("reference/", starting(DESKS), name="start"),
    path("choose/<slug:what>/", choosing(CHOICES), name="choose"),
    *(address for desk in DESKS for address in DeskPages(desk).urls()),
]
