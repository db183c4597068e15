"""Public pages of incidents: home and search. GET only; they read the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents import charts, rollups
from incidents.choices import Dataset
from incidents.columns import select
from incidents.models import PublishedIncident
from incidents.profiles import by_year
from incidents.questions import IncidentQuestion
from incidents.sentences import NAMES

HOME_YEARS = 15
HOME_ROWS = 6
HOME_COUNTRIES = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What happened lately, the last years, and what was corrected; Vigil's own record only."""
    everything = select(IncidentQuestion())
    answer = everything.of_set(Dataset.VIGIL)
    years = by_year(answer)
    first = max((group.key.year for group in years), default=0) - HOME_YEARS + 1
    return render(
        request,
        "incidents/home.html",
        {
            "incidents": answer.newest(HOME_ROWS),
            "totals": answer.totals(),
            "chart": charts.by_year(years, first=first),
            "chart_query": f"begun={first}&dataset={Dataset.VIGIL}",
            "first_year": first,
            "countries": with_names(answer.by("country")[:HOME_COUNTRIES]),
            "changes": latest_changes(),
            "others": sorted(
                (name, number)
                for name, number in everything.incidents("dataset").items()
                if name != Dataset.VIGIL
            ),
        },
    )


def with_names(groups: list[rollups.Group]) -> list[tuple[rollups.Group, str]]:
    """Countries of a breakdown with their names in the reader's language."""
    names = NAMES["country"]([str(group.key) for group in groups])
    return [(group, names.get(str(group.key), str(group.key))) for group in groups]


def latest_changes(limit: int = 5) -> list[PublishedIncident]:
    """The newest corrections, withdrawals and merges."""
    changed = PublishedIncident.objects.filter(version__gt=1, valid_to__isnull=True)
    return list(changed.defer("search", "search_text").order_by("-seq")[:limit])
