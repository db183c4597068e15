"""Write rows at the desk: make what is missing, change what differs, keep what a person changed."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.base import Tracked
from exchange.seed.ledger import Ledger
from exchange.seed.reading import Book, Row
from sources.choices import Credibility, Seen
from sources.models import Citation, Document

M = TypeVar("M", bound=models.Model)
Progress = Callable[[], None]


def _author() -> User:
    return User.objects.role_account("seed", Role.CONTRIBUTOR)


@dataclass
class Desk:
    """One run over the seed. `recheck` compares every row, not only those that changed."""

    book: Book
    ledger: Ledger
    recheck: bool = False
    progress: Progress = lambda: None
    author: User = field(default_factory=_author)
    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    known: dict[tuple[type, str], Any] = field(default_factory=dict)
    made: dict[tuple[object, ...], Any] = field(default_factory=dict)
    new: set[tuple[type, int]] = field(default_factory=set)
    done: list[Row] = field(default_factory=list)
    row: Row | None = None

    def due(self, file: str, section: str, *key: str) -> Iterator[Row]:
        """Rows of a section that have to be written."""
        for row in self.book.rows(file, section, *key):
            self.progress()
            if self.ledger.holds(row) and not self.recheck:
                continue
            self.row, kept = row, len(self.kept)
            yield row
            if len(self.kept) == kept:
                self.ledger.note(row)
                self.done.append(row)

    @property
    def changes(self) -> int:
        return self.counts["created"] + self.counts["changed"] + self.counts["removed"]

    def find(self, model: type[M], slug: str | None, row: Row, name: str, by: str = "slug") -> M:
        """The row of `model` that a field of a seed row means; refuses an unknown one."""
        found: M | None = self.known.get((model, str(slug)))
        if found is None:
            found = model._default_manager.filter(**{by: slug}).first()
        if found is None:
            noun = {"noun": model._meta.verbose_name}
            row.refuse(name, slug, _("No such %(noun)s; correct it or add it.") % noun)
        self.known[model, str(slug)] = found
        return found

    def find_all(self, model: type[M], row: Row, name: str, by: str = "slug") -> list[M]:
        return [self.find(model, slug, row, name, by) for slug in row.get(name, [])]

    def put(self, model: type[M], key: dict[str, Any], **values: Any) -> M:
        """The row with `key`, made or brought to `values`; a row edited by a person stays."""
        found = self._present(model, key)
        if found is None:
            return self._make(model, key, values)
        changed = [name for name, value in values.items() if not _same(found, name, value)]
        if changed and self.edited(found):
            self.keep(found)
        elif changed:
            for name in changed:
                setattr(found, name, values[name])
            found.save()
            self.counts["changed"] += 1
        return found

    def is_new(self, row: object) -> bool:
        """Whether this run made the row."""
        return isinstance(row, models.Model) and (type(row), row.pk) in self.new

    def _present(self, model: type[M], key: dict[str, Any]) -> M | None:
        """The stored row with `key`; a part of a row made in this run was made in this run too."""
        found: M | None = self.made.get(_identity(model, key))
        if found is None and not any(map(self.is_new, key.values())):
            found = model._default_manager.filter(**key).first()
        return found

    def _make(self, model: type[M], key: dict[str, Any], values: dict[str, Any]) -> M:
        signed = {"created_by": self.author} if issubclass(model, Tracked) else {}
        made = model._default_manager.create(**key, **values, **signed)
        self.counts["created"] += 1
        self.new.add((model, made.pk))
        self.made[_identity(model, key)] = made
        if len(key) == 1:
            self.known[model, str(*key.values())] = made
        return made

    def edited(self, *rows: Any) -> bool:
        """Whether somebody changed one of the rows after the seed last wrote the present one."""
        written = self.ledger.written_at(self.row) if self.row else None
        times = [row.updated_at for row in rows if isinstance(row, Tracked)]
        return written is not None and any(time > written for time in times)

    def keep(self, found: models.Model) -> None:
        """Leave a row to the person who edited it, and say so."""
        self.kept.append(
            _("%(row)s: %(thing)s was edited by a person; the seed leaves it as it is.")
            % {"row": self.row.key if self.row else "", "thing": found}
        )

    def only(
        self, owner: models.Model, rows: "models.QuerySet[Any]", keep: Collection[models.Model]
    ) -> None:
        """Remove those of the owner's `rows` that the file no longer names; other people's stay."""
        if self.is_new(owner):
            return
        gone = rows.exclude(pk__in=[row.pk for row in keep])
        if issubclass(rows.model, Tracked):
            gone = gone.filter(created_by=self.author)
        number, _models = gone.delete()
        self.counts["removed"] += number

    def set_all(self, found: models.Model, name: str, wanted: Iterable[models.Model]) -> None:
        """Bring a many-to-many field to `wanted`."""
        manager = getattr(found, name)
        pks = {row.pk for row in wanted}
        present = set() if self.is_new(found) else set(manager.values_list("pk", flat=True))
        if present != pks:
            manager.set(pks)
            self.counts["changed" if present else "created"] += 1

    def cite(
        self, target: models.Model, row: Row, *, checked: str = "", confidence: str = ""
    ) -> dict[str, Citation]:
        """Cite the row's `sources` (and those of its rival figures) for `target`."""
        slugs = [*row.get("sources", []), *(c["source"] for c in row.get("conflicts", []))]
        confidence = confidence or row.get("confidence", "medium")
        kind = ContentType.objects.get_for_model(target)
        cited = {}
        for slug in dict.fromkeys(slugs):
            document = self.find(Document, slug, row, "sources")
            cited[slug] = self.put(
                Citation,
                {"document": document, "target_type": kind, "target_id": target.pk, "locator": ""},
                reliability=document.reliability,
                credibility=credibility(
                    document.seen, checked or row.get("checked", ""), confidence
                ),
            )
        return cited


def credibility(seen: str, checked: str, confidence: str) -> int:
    """Admiralty digit of a seed citation.

    6 while nobody has read the page or the record rests on public knowledge only; else by the
    confidence of the record: high 2, medium 3, low 4; a seed essay never better than 3.
    """
    if seen == Seen.UNVERIFIED or checked == "unverified":
        return Credibility.UNJUDGED
    digit = {"high": Credibility.PROBABLE, "medium": Credibility.POSSIBLE}.get(
        confidence, Credibility.DOUBTFUL
    )
    return max(digit, Credibility.POSSIBLE) if seen == Seen.SEED else digit


def _identity(model: type, key: dict[str, Any]) -> tuple[object, ...]:
    return (model, *((n, v.pk if isinstance(v, models.Model) else v) for n, v in key.items()))


def _same(found: models.Model, name: str, value: Any) -> bool:
    field = found._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return bool(getattr(found, field.attname) == (value.pk if value else None))
    return bool(getattr(found, name) == field.to_python(value))  # type: ignore[union-attr]


def day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)
