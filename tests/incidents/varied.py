"""A small record with every kind of gap: unknown figures, versions, tolls, vague places."""

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from incidents import workflow
from incidents.models import HarmEstimate, Incident
from incidents.simulation import simulate
from regions.models import AdminArea
from tests import make

COUNTRIES = ("MLI", "NER", "KEN", "SOM", "NGA")
AREAS = {"MLI": ("mli-gao", "mli-kayes"), "NER": ("ner-tillaberi",)}
ACTORS = ("jnim", "gspc", "al-shabaab", "mali-army")
ROLES = ("perpetrator", "claimant", "target", "responder")
TARGETS = ("military", "market", "civilians", "transport_road")
WEAPONS = ("firearms", "drone", "ied_roadside")
TACTICS = ("convoy_ambush", "checkpoint", "fuel_blockade")
PLACES = (("exact", "exact"), ("exact", "country"), ("near", "near"), ("admin1", "admin1"))
# Hostage cases have questions of their own at the desk.
TYPES = tuple(code for code in make.TYPES if code != "HOS-KID")
TEMPLATES = 36
SIMULATED = 400


@contextmanager
def varied_record(blocker) -> Iterator[dt.datetime]:
    """Hold such a record in a transaction that is rolled back; yield a moment in its past."""
    with blocker.unblock(), transaction.atomic():
        chance = random.Random(4)
        _world()
        made = [_incident(chance) for _ in range(TEMPLATES)]
        _tolls(made)
        public = [make.through_the_door(one) for one in made[: TEMPLATES - 2]]
        past = timezone.now()
        _history(public, chance)
        simulate(SIMULATED, seed=3, at=timezone.now())
        yield past
        transaction.set_rollback(True)


def _world() -> None:
    for code, slugs in AREAS.items():
        for slug in slugs:
            AdminArea.objects.create(slug=slug, country=make.country(code), level=1, name=slug)
    ecowas, eac = make.body("ecowas"), make.body("eac")
    make.membership(ecowas, "MLI", "1975-05-28", "2025-01-28")
    make.membership(ecowas, "NGA", "1975-05-28")
    make.membership(eac, "KEN", "2000-07-07")
    make.relation(make.actor("gspc"), make.actor("jnim"), "merged_into", "2017-03-02")
    make.campaign("wave"), make.campaign("siege")


def _triple(chance: random.Random) -> tuple[int | None, int | None, int | None]:
    low = chance.choice([None, None, 0, 1, 4, 30])
    best = None if low is None or chance.random() < 0.3 else low + chance.choice([0, 2])
    high = None if chance.random() < 0.4 else (best or low or 0) + chance.choice([0, 7])
    return low, best, high


def _incident(chance: random.Random) -> Incident:
    iso3 = chance.choice(COUNTRIES)
    day = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(3600))
    harms = {}
    for harm in ("killed", "wounded", "displaced", "attackers_killed"):
        figures = _triple(chance) if harm == "killed" or chance.random() < 0.4 else (None,) * 3
        harms |= dict(zip((f"{harm}_low", f"{harm}_best", f"{harm}_high"), figures, strict=True))
    precision, shown = chance.choice(PLACES)
    made = make.incident(
        day=day.isoformat(),
        iso3=iso3,
        place=chance.choice(("Kati", "Gao", "Ndaki", "Fuel depot")),
        geo_precision=precision,
        display_precision=shown,
        type_code=chance.choice(TYPES),
        targets=chance.sample(TARGETS, chance.randrange(3)),
        weapons=chance.sample(WEAPONS, chance.randrange(3)),
        tactics=chance.sample(TACTICS, chance.randrange(3)),
        attribution=chance.choice(["confirmed", "suspected", "unknown"]),
        dataset=chance.choice(["vigil", "vigil", "ucdp"]),
        killed_scope=chance.choice(["excl_attackers", "all_parties"]),
        **harms,
    )
    length = chance.choice([0, 9])
    Incident.objects.filter(pk=made.pk).update(
        date_end=day + dt.timedelta(days=length), is_multiday=length > 0
    )
    made.locations.update(
        latitude=f"{chance.uniform(-20, 30):.6f}",
        longitude=f"{chance.uniform(-15, 45):.6f}",
        admin1=AdminArea.objects.filter(country__iso3=iso3).order_by("?").first(),
    )
    for slug in chance.sample(ACTORS, chance.randrange(4)):
        make.part(made, slug, chance.choice(ROLES), attribution="unknown", claim_status="unknown")
    for slug in chance.sample(("wave", "siege"), chance.randrange(3)):
        make.tie(made, make.campaign(slug))
    made.refresh_from_db()
    return made


def _tolls(made: list[Incident]) -> None:
    """Two tolls over several incidents; one also covers an incident that stays a draft."""
    for slug, covered in (("wave", made[:3]), ("siege", [made[5], made[-1]])):
        toll = HarmEstimate.objects.create(
            campaign=make.campaign(slug),
            harm="killed",
            low=9,
            best=None,
            high=20,
            is_preferred=True,
            as_of=covered[0].date_end,
            citation=make.citation(covered[0]),
        )
        toll.covers.set(covered)


def _history(public: list[Incident], chance: random.Random) -> None:
    for one in (*public[:6], *public[10:14]):
        if one not in public[:3]:
            low, best, high = _triple(chance)
            Incident.objects.filter(pk=one.pk).update(
                killed_low=low, killed_best=best, killed_high=high
            )
        one.refresh_from_db()
        workflow.correct(one, by=make.rita(), at=timezone.now(), notice="Figures.")
    for one, reason in ((public[15], "safety"), (public[16], "not_confirmed")):
        workflow.withdraw(one, by=make.rita(), at=timezone.now(), reason=reason)
