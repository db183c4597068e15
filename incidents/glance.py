"""The story of an incident at a glance: two to four sentences made from what is published.

Hedges stay: an attribution is named with its certainty, a claim as a claim (domain reference D1).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import deals, words

Payload = Mapping[str, Any]
CLAIMING = ("claimed", "claimed_under_other_name", "competing")


def sentences(payload: Payload, *, type_name: str, place: str) -> list[str]:
    """What, when and where; who was harmed; who is held to have done it; on how many sources.

    Of a withheld incident only the first: its payload holds nothing else.
    """
    date = payload["date"]
    when = prose.when(date["start"], date["end"], date["precision"], date["is_multiday"])
    opening = _("%(what)s, %(when)s: %(where)s.") % {
        "what": type_name, "when": when, "where": place,
    }  # fmt: skip
    if payload["is_withheld"]:
        return [opening]
    found = [
        opening,
        *_harm(payload["harm"]),
        *_actors(payload["actors"]),
        deals.sentence(payload),
    ]
    return [sentence for sentence in found if sentence]


def _harm(harm: Payload) -> list[str]:
    kinds = ("killed", "wounded", "abducted", "displaced")
    told = [words.harmed(kind, harm[kind]) for kind in kinds if words.is_known(harm[kind])]
    found = []
    if told:
        text = ", ".join(told)
        if not words.is_known(harm["killed"]):
            text = _("%(others)s; how many people were killed is not known") % {"others": text}
        found.append(f"{capfirst(text)}.")
    else:
        found.append(_("How many people were harmed is not known."))
    if words.is_known(harm["attackers_killed"]):
        attackers = words.harmed("attackers_killed", harm["attackers_killed"])
        found.append(_("%(attackers)s, counted apart.") % {"attackers": capfirst(attackers)})
    return found


def _names(actors: Sequence[Payload]) -> str:
    names = [str(actor.get("short_name") or actor["name"]) for actor in actors]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _actors(actors: Sequence[Payload]) -> list[str]:
    by_role = {
        role: [a for a in actors if a["role"] == role]
        for role in ("perpetrator", "accused", "claimant", "party")
    }
    found = [_attributed(by_role["perpetrator"])]
    if accused := by_role["accused"]:
        found.append(
            ngettext("%(names)s is accused.", "%(names)s are accused.", len(accused))
            % {"names": _names(accused)}
        )
    if parties := by_role["party"]:
        found.append(
            _("Parties to the fighting: %(names)s; the data set states no direction.")
            % {"names": _names(parties)}
        )
    claiming = [
        a for a in (*by_role["perpetrator"], *by_role["accused"]) if a["claim_status"] in CLAIMING
    ]
    if claiming := [*claiming, *by_role["claimant"]]:
        found.append(
            ngettext("%(names)s claims it.", "%(names)s claim it.", len(claiming))
            % {"names": _names(claiming)}
        )
    return found if any(found) else [_("The record holds nobody responsible.")]


def _attributed(actors: Sequence[Payload]) -> str:
    if not actors:
        return ""
    phrases = {
        "confirmed": _("Attributed to %(names)s (confirmed)."),
        "probable": _("Attributed to %(names)s (probable)."),
        "suspected": _("Suspected: %(names)s; this is not confirmed."),
        "disputed": _("Disputed: some sources name %(names)s, others contradict."),
        "unknown": _("Who did it is not established; named: %(names)s."),
    }
    told = []
    for attribution, phrase in phrases.items():
        same = [a for a in actors if a["attribution"] == attribution]
        if same and all(a["kind"] == "unidentified" for a in same):
            told.append(_("Who did it is not known."))
        elif same:
            told.append(phrase % {"names": _names(same)})
    return " ".join(told)
