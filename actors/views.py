"""Public pages of armed groups and forces: the list, and one actor on a day of world time."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actors.choices import ActorKind, ActorStatus
from actors.filters import ActorFilter
from actors.lineage import edges_on, lineage, predecessors
from actors.models import Actor, ActorAlias, ActorDesignation, ActorPresence, ActorRelation
from actors.relations import lines
from core import prose
from core.names import search_key
from core.pages import OnQuestion, explains_refusals
from core.timeline import Span

CITED = "citations__document__source"
LANGUAGES = {
    "en": _("English"),
    "fr": _("French"),
    "ar": _("Arabic"),
    "ar-Latn": _("Arabic in Latin letters"),
    "ha": _("Hausa"),
    "sw": _("Swahili"),
    "pt": _("Portuguese"),
    "so": _("Somali"),
    "ru": _("Russian"),
}


def _shown_aliases(text: str) -> Prefetch:
    """Aliases worth showing in a list: those bound to a country, and those that were asked for."""
    worth = Q(context_country__isnull=False)
    if key := search_key(text):
        worth |= Q(search_key__contains=key)
    aliases = ActorAlias.objects.filter(worth).select_related("context_country")
    return Prefetch("aliases", queryset=aliases, to_attr="shown_aliases")


@require_safe
@explains_refusals
def listing(request: HttpRequest) -> HttpResponse:
    """Actors, curated ones first, found by any name."""
    shown = _shown_aliases(request.GET.get("q", ""))
    rows = Actor.objects.told().prefetch_related("countries", shown)
    question = ActorFilter(request.GET, rows)
    page = question.page()
    context = {
        "question": question,
        "actors": page.rows,
        "links": question.links(page),
        "kinds": ActorKind.choices,
        "statuses": ActorStatus.choices,
    }
    return render(request, "actors/actor_list.html", context)


@require_safe
@explains_refusals
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One actor: names, relations, presence and missions, as the world was on a day."""
    question = OnQuestion(request.GET, Actor.objects.told().select_related("home_country"))
    actor = get_object_or_404(question.qs, slug=slug)
    day = question.day
    edges = edges_on(day)
    relations, axis = lines(actor, _relations(actor), day)
    context = {
        "question": question,
        "actor": actor,
        "day": day,
        "not_yet": actor.founded_on is not None and day < actor.founded_on,
        "languages": _names(actor),
        "homonyms": _homonyms(actor),
        "relations": relations,
        "axis": axis,
        "life": axis.bar(Span(actor.founded_on, actor.ended_on, "self")),
        "on": axis.x(day) if "on" in question.asked else "",
        "lineage": lineage(actor, day, edges=edges),
        "predecessors": predecessors(actor, on=day, edges=edges),
        **_around(actor, day),
    }
    return render(request, "actors/actor_detail.html", context)


def _relations(actor: Actor) -> "QuerySet[ActorRelation]":
    mine = ActorRelation.objects.filter(Q(source=actor) | Q(target=actor))
    return mine.select_related("source", "target").prefetch_related(CITED)


def _around(actor: Actor, day: dt.date) -> dict[str, Any]:
    """Designations, presence, missions and sources."""
    presences = ActorPresence.objects.filter(actor=actor).select_related("country", "area__country")
    designations = ActorDesignation.objects.filter(actor=actor).select_related("body")
    return {
        "presences": presences.prefetch_related(CITED),
        "designations": designations.prefetch_related(CITED),
        "contributions": actor.contributions.select_related("mission"),
        "citations": actor.citations.select_related("document__source"),
        "external_ids": actor.external_ids.order_by("scheme", "value"),
        "countries": actor.countries.all(),
        "is_today": day == prose.today(),
    }


def _names(actor: Actor) -> list[tuple[str, Any, list[ActorAlias]]]:
    """Aliases by language: code, name of the language, names. French and English come first."""
    known = list(LANGUAGES)
    aliases = sorted(
        actor.aliases.select_related("context_country"),
        key=lambda a: (known.index(a.lang) if a.lang in known else 99, a.lang, a.name),
    )
    return [
        (code, LANGUAGES.get(code, code), list(names))
        for code, names in groupby(aliases, key=lambda alias: alias.lang)
    ]


def _homonyms(actor: Actor) -> "QuerySet[Actor]":
    """Other actors that share a name with this one."""
    keys = actor.aliases.values("search_key")
    same = ActorAlias.objects.order_by().filter(search_key__in=keys).exclude(actor=actor)
    # Most have none: whether readers may know of them need not be asked.
    others = set(same.values_list("actor", flat=True))
    rows = Actor.objects.told().filter(pk__in=others) if others else Actor.objects.none()
    return rows.prefetch_related("countries")[:10]
