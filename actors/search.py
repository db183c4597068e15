"""What this room can find: armed groups and forces, by any name in any script."""

from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorAlias
from core.search import Named, Names, register
from core.spelling import Held


def _names() -> list[tuple[Any, list[str]]]:
    """All actors with their names and aliases."""
    aliases = defaultdict(list)
    for actor, name in ActorAlias.objects.order_by("name", "pk").values_list("actor", "name"):
        aliases[actor].append(name)
    rows = Actor.objects.order_by().values_list("pk", "name", "short_name")
    return [(pk, [name for name in (*own, *aliases[pk]) if name]) for pk, *own in rows]


def _show(actor: Actor) -> Named:
    details = [actor.short_name, str(actor.get_kind_display())]
    return Named(actor.name, reverse("actors:detail", args=[actor.slug]), details)


register(
    Names(
        "actor",
        _("Actors"),
        rows=Actor.objects.told,
        held=Held([Actor, ActorAlias], _names),
        show=_show,
    )
)
