"""Addresses of the desk where incidents are entered, reviewed and corrected."""

from django.urls import URLPattern, path

from incidents.desk import autosave, deeds, duplicates, entry, history, joining, queue, review

app_name = "desk"

urlpatterns: list[URLPattern] = [
    # Entering. Fixed words before ids: some have ten letters too.
    path("incidents/new/", entry.new, name="entry"),
    path("incidents/mine/", entry.mine, name="mine"),
    path("incidents/when/", entry.sentence, name="when"),
    path("incidents/map/", autosave.pin_map, name="pin-map"),
    path("incidents/autosave/", autosave.autosave, name="autosave-new"),
    path("incidents/duplicates/", duplicates.watch, name="duplicates-watch"),
    path("incidents/pick/<slug:kind>/", autosave.pick, name="pick"),
    path("incidents/<public_id:public_id>/", entry.edit, name="incident"),
    path("incidents/<public_id:public_id>/autosave/", autosave.autosave, name="autosave"),
    path("incidents/<public_id:public_id>/compare/", entry.compare, name="compare"),
    path("incidents/<public_id:public_id>/apart/", duplicates.apart, name="apart"),
    path("incidents/<public_id:public_id>/join/<public_id:other>/", joining.join, name="join"),
    # Review and after.
    path("queue/", queue.queue, name="queue"),
    path("notices/<int:number>/", queue.dismiss, name="notice-read"),
    path("incidents/<public_id:public_id>/review/", review.review, name="review"),
    path("incidents/<public_id:public_id>/history/", history.history, name="history"),
    path("incidents/<public_id:public_id>/do/<str:verb>/", deeds.deed, name="deed"),
]
