"""The whole seed in one transaction: write the desk, publish what changed, close the ledger."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from exchange import batches
from exchange.seed import (
    actors,
    bodies,
    campaigns,
    facts,
    harm,
    hostages,
    incidents,
    missions,
    reference,
)
from exchange.seed.desk import Desk, Progress
from exchange.seed.ledger import Ledger
from exchange.seed.reading import CODE, DATA, Book, digest
from exchange.statistics import refresh_statistics
from incidents import workflow
from incidents.choices import PUBLIC_STATUSES, Status
from incidents.models import Incident

# Later steps name rows of earlier ones.
STEPS: tuple[Callable[[Desk], None], ...] = (
    reference.countries,
    reference.areas,
    reference.taxonomy,
    reference.sources,
    actors.actors,
    actors.relations,
    bodies.bodies,
    bodies.instruments,
    bodies.memberships,
    missions.missions,
    campaigns.campaigns,
    incidents.incidents,
    harm.combined_tolls,
    hostages.ransoms,
    hostages.negotiations,
    facts.advisories,
    facts.statements,
    facts.displacement,
    facts.follow_ups,
    facts.indicators,
    facts.extortion,
    facts.claims,
    actors.presence,
)


@dataclass(frozen=True)
class Outcome:
    """What a run did. `published` and `corrected` count new versions in the record."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    published: int = 0
    corrected: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return self.created + self.changed + self.removed


def load(
    folder: Path = DATA, *, force: bool = False, progress: Callable[[int], Progress] | None = None
) -> Outcome:
    """Bring desk and record to what the files say.

    One transaction: killed at any moment, it has done all or nothing. An unchanged seed is
    recognised by its digest and costs one query; a changed file writes its changed rows; changed
    code, or `force`, compares every row. `progress` is told the number of rows and returns what is
    called for each. Raises SeedRefused for files that cannot be loaded, ImportBusy while an import
    runs.
    """
    ledger, data, code = Ledger.last(), digest(folder.glob("*.yaml")), digest(CODE)
    same_code = ledger.code == code
    if ledger.data == data and same_code and not force:
        return Outcome()
    with batches.sole_import(), transaction.atomic():
        book = Book(folder)
        show = progress(book.count()) if progress else _quiet
        desk = Desk(book, ledger, recheck=force or not same_code, progress=show)
        for step in STEPS:
            step(desk)
        for row in desk.done:
            row.refuse_unread()
        if desk.touched:
            refresh_statistics()
        published, corrected = _publish(desk)
        counts = {name: desk.counts[name] for name in ("created", "changed", "removed")}
        outcome = Outcome(**counts, published=published, corrected=corrected, kept=desk.kept)
        if outcome.changes or (ledger.data, ledger.code) != (data, code):
            ledger.close(data, code, by=desk.author, at=timezone.now(), **counts)
    return outcome


def _quiet() -> None:
    """No progress shown."""


def _publish(desk: Desk) -> tuple[int, int]:
    """New incidents, then corrections of public ones with a notice that says why."""
    release = User.objects.role_account("release", Role.REVIEWER)
    rows = Incident.objects.filter(pk__in=desk.touched)
    new = list(rows.filter(editorial_status=Status.DRAFT).values_list("pk", flat=True))
    old = list(rows.filter(editorial_status__in=PUBLIC_STATUSES).values_list("pk", flat=True))
    return _append(new, release), _append(old, release, notice=_("The seed data changed."))


def _append(pks: list[int], by: User, notice: str = "") -> int:
    chosen = Incident.objects.filter(pk__in=pks)
    now = timezone.now()
    return workflow.publish_many(chosen, by=by, at=now, notice=notice) if pks else 0
