"""What this room can find: armed groups and forces, by any name in any script."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorAlias
from core.search import Named, Names, Words, alike, register
from core.text import Fold


def _rows() -> "QuerySet[Actor]":
    return Actor.objects.told().prefetch_related("aliases")


def _names(actor: Actor) -> Iterable[str]:
    yield actor.name
    yield actor.short_name
    yield from (alias.name for alias in actor.aliases.all())


def _candidates(words: Words) -> set[Any]:
    """Actors of which some alias, or the name itself, is spelt like the words."""
    own = Concat("name", Value(" "), "short_name", output_field=CharField())
    named = alike(Actor.objects.order_by(), Fold(own), words)
    aliases = alike(ActorAlias.objects.order_by(), Fold("search_key"), words)
    return {*named, *aliases.values_list("actor", flat=True)}


def _show(actor: Actor) -> Named:
    details = [actor.short_name, str(actor.get_kind_display())]
    return Named(actor.name, reverse("actors:detail", args=[actor.slug]), details)


register(
    Names(
        "actor",
        _("Actors"),
        rows=_rows,
        names=_names,
        candidates=_candidates,
        show=_show,
    )
)
