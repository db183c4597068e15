"""Addresses of the report desk, below /desk/reports/."""

from django.urls import path

from reports.desk import asking, deeds, manuscripts, schedules, writing_page

app_name = "report-desk"

one, schedule = "manuscripts/<int:number>/", "schedules/<slug:slug>/"

urlpatterns = [
    path("", manuscripts.start, name="start"),
    path(one, manuscripts.manuscript, name="manuscript"),
    path(f"{one}write/", writing_page.write, name="write"),
    path(f"{one}autosave/", writing_page.autosave, name="autosave"),
    path(f"{one}compare/", writing_page.compare, name="compare"),
    path(f"{one}preview/", manuscripts.preview, name="preview"),
    path(f"{one}do/<slug:verb>/", deeds.deed, name="deed"),
    path("schedules/", schedules.listing, name="schedules"),
    path("schedules/new/", schedules.edit, name="schedule-new"),
    path("schedules/new/preview/", schedules.preview, name="schedule-new-preview"),
    path(schedule, schedules.edit, name="schedule"),
    path(f"{schedule}preview/", schedules.preview, name="schedule-preview"),
    path(f"{schedule}switch/", schedules.switch, name="schedule-switch"),
    path(f"{schedule}ask/", asking.ask, name="ask"),
]
