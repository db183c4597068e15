"""The address of the explorer read as two things: what is asked, and how it is shown."""

from dataclasses import dataclass

from django.http import QueryDict

from core.questions import Refusal
from incidents.filters import DEFAULT_LIMIT, IncidentFilter
from incidents.presentation import Options, Presentation

# These of the list's parameters say how the list is shown, with what is usual; the others belong
# to the API.
LIST_PARAMETERS = {"ordering": "-date", "limit": str(DEFAULT_LIMIT)}
# A role or a lineage is asked of an actor: without one they go with it.
OF_THE_ACTOR = ("role", "lineage")


@dataclass(frozen=True)
class Asked:
    """A question about incidents and the presentation of its answer."""

    question: IncidentFilter
    presentation: Presentation

    @classmethod
    def of(cls, data: QueryDict) -> "Asked":
        """Both parts of an address; what neither knows is refused by the question."""
        rest, shown = data.copy(), QueryDict(mutable=True)
        for name in Presentation.base_filters.keys() & rest.keys():
            shown.setlist(name, rest.pop(name))
        beside = Presentation.base_filters.keys()
        return cls(IncidentFilter(rest, beside=beside), Presentation(shown))

    @property
    def is_valid(self) -> bool:
        return self.question.is_valid() and self.presentation.is_valid()

    @property
    def errors(self) -> dict[str, list[str]]:
        return {**self.question.errors, **self.presentation.errors}

    @property
    def refusals(self) -> list[Refusal]:
        """What was not understood in either part."""
        return [*self.question.refusals, *self.presentation.refusals]

    @property
    def options(self) -> Options:
        return self.presentation.options

    @property
    def shown(self) -> dict[str, str]:
        """The presentation as text, without what is usual anyway and without single places:
        the page of the list and the incident beside it."""
        asked = self.question.asked
        kept = {n: asked[n] for n, usual in LIST_PARAMETERS.items() if asked.get(n, usual) != usual}
        chosen = self.presentation.cleaned if self.presentation.is_valid() else {}
        more = {n: t for n, t in self.presentation.asked.items() if n != "open"}
        return kept | {n: t for n, t in more.items() if not is_usual(n, chosen.get(n))}

    @property
    def places(self) -> dict[str, str | None]:
        """The page of the list and the incident beside it, as text."""
        return {
            "cursor": self.question.asked.get("cursor"),
            "open": self.presentation.asked.get("open"),
        }

    def query(self, **changes: str | None) -> str:
        """The canonical query string of the view without its places, some parameters changed.

        `None` removes a parameter; write `from_` for `from`. An actor that goes takes its role
        and its lineage along.
        """
        if "actor" in changes and changes["actor"] is None:
            changes = dict.fromkeys(OF_THE_ACTOR) | changes
        kept = {name: value for name, value in self.shown.items() if name not in changes}
        return self.question.as_query(**kept, **changes)


def is_usual(name: str, value: object) -> bool:
    """Whether a value of the presentation is what the page shows anyway."""
    if name == "columns":
        return isinstance(value, list) and set(value) == set(Options.columns)
    return value is not None and value == getattr(Options, name)


def tidied(data: QueryDict) -> QueryDict:
    """What a plain form sends, without its empty fields and what depends on them."""
    empty = [name for name, values in data.lists() if not any(value.strip() for value in values)]
    kept = data.copy()
    for name in empty:
        del kept[name]
    if empty and "actor" not in kept:
        for name in OF_THE_ACTOR:
            kept.pop(name, None)
    return kept
