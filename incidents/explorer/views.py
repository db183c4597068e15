"""The page at /incidents/: GET only; it reads the record."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.light import is_light
from core.pages import explains_refusals
from incidents import timelines
from incidents.choices import Dataset
from incidents.explorer import light as lightly
from incidents.explorer.asking import Asked, tidied
from incidents.explorer.controls import Control, control
from incidents.explorer.listing import listing
from incidents.explorer.mapped import mapped, sets_of
from incidents.explorer.panel import FACETS, MAP, SHORT, TIMELINE, facet, matching, panel
from incidents.forms import chips, faults
from incidents.models import PublishedIncident
from incidents.presentation import VIEWS
from incidents.stories import story

MOST_VALUES = 500
# What a script may ask for by itself, by the id of the element that it replaces.
PARTS = {
    "answer": "incidents/explorer/_swap.html",
    "listing": "incidents/explorer/_listing.html",
    "side": "incidents/explorer/_side.html",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The explorer, one part of it for a script, or what was wrong with the question."""
    part = part_wanted(request)
    data = tidied(request.GET)
    if part is None and data != request.GET:
        return redirect(f"{request.path}?{data.urlencode(safe=',:')}")
    asked = Asked.of(data)
    context: dict[str, Any] = {"asked": asked, "question": asked.question, "part": part}
    context["as_of_asked"] = asked.question.asked.get("as_of")
    if asked.is_valid:
        context |= parts(asked, part, light=is_light(request))
    else:
        context |= {"panel": panel(asked, None), "faults": faults(asked.refusals)}
    context["chips"] = list(chips(asked.question, asked.shown))
    template = PARTS.get(part or "", "incidents/list.html")
    if part and not asked.is_valid:
        template = PARTS["answer"]
    response = render(request, template, context, status=200 if asked.is_valid else 400)
    if part:
        response["HX-Push-Url"] = address(request, asked)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def part_wanted(request: HttpRequest) -> str | None:
    """The part that a script asks for; None: the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    if not htmx or htmx.boosted:
        return None
    return htmx.target if htmx.target in PARTS else "answer"


def address(request: HttpRequest, asked: Asked) -> str:
    query = asked.query(**asked.places)
    return f"{request.path}?{query}" if query else request.path


def parts(asked: Asked, part: str | None, *, light: bool) -> dict[str, Any]:
    """What the page or one part of it shows."""
    if part == "side":
        return {"side": side(asked)}
    context: dict[str, Any] = {}
    if asked.options.shows("list"):
        context["listing"] = listing(asked, light=light)
    if part != "listing":
        context |= answered(asked, part, light=light)
    if part is None:
        context["side"] = side(asked)
    return context


def answered(asked: Asked, part: str | None, *, light: bool) -> dict[str, Any]:
    """The answer in figures: totals of each data set, facets, timeline; the map once, since a
    script redraws it by itself."""
    question, options = asked.question, asked.options
    answer = question.answer
    sets = sorted(sets_of(answer), key=lambda name: (name != Dataset.VIGIL, name))
    context: dict[str, Any] = {
        "answer": answer,
        "options": options,
        "panel": panel(asked, answer.facets()),
        "sentence": question.sentence(),
        "sets": [(name, answer.of_set(name).totals(), asked.query(dataset=name)) for name in sets],
        "query": question.as_query(),
        "address": asked.query(),
        "as_of": question.cleaned.get("as_of"),
        "now_query": asked.query(as_of=None),
        "views": [
            (view, asked.query(view=None if view == "all" else view), view == options.view)
            for view in VIEWS
        ],
        "timeline": None,
        "timeline_controls": [control(asked, name) for name in TIMELINE],
        "map_controls": map_controls(asked, sets),
    }
    if options.shows("timeline"):
        context["timeline"] = (
            lightly.timeline(asked, answer)
            if light
            else timelines.build(question, answer, options, asked.query)
        )
    if part is None and options.shows("map"):
        shown = mapped(asked, answer)
        context["map"] = lightly.places(shown) if light else shown
        context["map_note"] = lightly.places_note(shown) if light else ""
    return context


def map_controls(asked: Asked, sets: list[str]) -> list[Control]:
    """The controls of the map, if it is on the page; some only where they have a meaning."""
    if not asked.options.shows("map"):
        return []
    idle = {"drawn"} if len(sets) < 2 else set()
    idle |= {"baseline"} if asked.options.measure != "change" else set()
    return [control(asked, name) for name in MAP if name not in idle]


def side(asked: Asked) -> dict[str, Any] | None:
    """The incident beside the list, as it stands or stood at the moment of the question."""
    opened = asked.options.opened
    if opened is None:
        return None
    rows = PublishedIncident.objects.filter(public_id=opened).defer("search", "search_text")
    moment = asked.question.cleaned.get("as_of")
    shown = rows.current().first()
    # What was withdrawn since is no longer told, like on its own page.
    if shown and moment:
        shown = rows.as_of(moment).first()
    closed = asked.query(cursor=asked.places["cursor"])
    return {"closed": closed, **(story(shown, [shown], moment) if shown else {})}


@require_safe
@explains_refusals
def values(request: HttpRequest, name: str) -> HttpResponse:
    """All values of one facet with their counts, or those whose name contains some words."""
    if name not in FACETS:
        raise Http404
    data = tidied(request.GET)
    words = " ".join(data.pop("find", [""])[-1].split())[:80]
    asked = Asked.of(data)
    asked.question.demand()
    asked.presentation.demand()
    found = matching(name, asked.question.answer.facets()[name], words)
    is_part = part_wanted(request) is not None
    most = SHORT if is_part and not words else MOST_VALUES
    context: dict[str, Any] = {"facet": facet(asked, name, found, most=most), "words": words}
    if is_part:
        return render(request, "incidents/explorer/_values.html", context)
    everything = asked.question.asked | asked.shown
    context |= {
        "sentence": asked.question.sentence(),
        "address": asked.query(),
        "kept": sorted(everything.items()),
        "kept_without": sorted(item for item in everything.items() if item[0] != name),
    }
    return render(request, "incidents/explorer/facet.html", context)
