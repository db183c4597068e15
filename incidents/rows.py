"""Pieces of an incident's row as HTML. A page has hundreds of them, and a template for each would
take several times as long."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.addresses import address
from incidents.choices import ClaimStatus
from incidents.words import in_words

ACTIVE = ("perpetrator", "accused", "claimant", "party")
# What the actor itself has said, where that deserves to stand beside its name.
SAID = (
    ClaimStatus.CLAIMED,
    ClaimStatus.OTHER_NAME,
    ClaimStatus.DENIED,
    ClaimStatus.COMPETING,
)


def badge(words: str, kind: str = "") -> SafeString:
    """A few words in a frame; `kind` chooses its colours."""
    return format_html('<span class="{}">{}</span>', f"badge {kind}".rstrip(), words)


def active_roles(actors: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those who did it, are accused, claim it or fought; not targets and responders."""
    return [a for a in actors if a["role"] in ACTIVE]


def actor_in_row(actor: Mapping[str, Any]) -> SafeString:
    """The name of a participant, leading to its page, and how surely it took part."""
    name = actor["name"]
    if slug := actor.get("actor"):
        name = format_html(
            '<a href="{}">{}</a>',
            address("actors:detail", slug),
            actor.get("short_name") or name,
        )
    return format_html_join(" ", "{}", ((piece,) for piece in (name, *_badges(actor))))


def _badges(actor: Mapping[str, Any]) -> list[SafeString]:
    role = actor["role"]
    if role == "accused":
        return [badge(_("accused"), "accused")]
    if role == "claimant":
        return [badge(_("claims it"), "claim")]
    if role != "perpetrator":
        return []
    attribution, claim = actor.get("attribution") or "", actor.get("claim_status")
    found = [badge(in_words(attribution, "attribution"), attribution)]
    return [*found, badge(in_words(claim, "claim"), "claim")] if claim in SAID else found
