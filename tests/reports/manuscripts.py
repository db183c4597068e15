"""A report that waits for people, as small as one can be, and the people at the report desk."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from reports.blocks import boxes, column, facts, prose, section, table
from reports.building import checksum
from reports.choices import ManuscriptState, Release
from reports.manuscripts import releasing
from reports.models import Manuscript, ReportJob, ReportSchedule
from reports.sentences import linked, told
from tests import make

QUERY = "/api/v1/incidents/?country=MLI&begun=2022-07-01&to=2022-07-31"
KEYS = ("total.incidents", "total.killed", "country.MLI.killed")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
# Words that no seed and no other test uses.
SECRET = "Zzyzx judgement"


def text(takeaways: int = 3, **more: Any) -> dict[str, Any]:
    """As much as may be submitted."""
    rows = [
        {
            "judgement": f"{SECRET} {number}: attacks on posts will go on.",
            "evidence": "Six posts were attacked on one day.",
            "likelihood": "likely",
            "confidence": "moderate",
            "figures": ["total.killed"],
        }
        for number in range(1, takeaways + 1)
    ]
    return {
        "lead": "Quorvath lead: a wave of attacks on one day.",
        "takeaways": rows,
        "outlook": "Zzyzx outlook: quiet nights at Kati would change it.",
        "authors": "The Sahel desk",
    } | more


def content(edition: int = 1) -> dict[str, Any]:
    """A report of two sections with a picture."""
    figure = {"key": "total.killed", "query": QUERY}
    cell = {"text": "35", "value": 35, "key": "total.killed", "query": QUERY}
    other = {"text": "30", "value": 30, "key": "country.MLI.killed", "query": QUERY}
    picture = {"kind": "picture", "key": "map", "title": "Map", "alt": "Dots", "table": "countries",
               "checksum": "0"}  # fmt: skip
    return {
        "title": "Mali: situation report, July 2022",
        "schedule": "monthly-mli-en",
        "number": "2022-07",
        "edition": edition,
        "language": "en",
        "cite_as": "Vigil, Mali.",
        "licence": "CC BY 4.0.",
        "sections": [
            section("header", "About this report", facts(("Period", told("July 2022")))),
            section(
                "totals",
                "Key figures",
                boxes(("People killed", cell)),
                prose(told("%(n)s people were killed.", n=linked(figure, "35"))),
                table(
                    "countries",
                    "Countries",
                    [column("country", "Country"), column("killed", "Killed", "harm")],
                    [[{"text": "Mali"}, other]],
                ),
                picture,
            ),
        ],
    }


def series(**more: Any) -> ReportSchedule:
    values = {
        "slug": "monthly-mli-en", "country": make.country("MLI"), "language": "en",
        "starts_on": dt.date(2022, 1, 1), "release": Release.REVIEWED,
    } | more  # fmt: skip
    return ReportSchedule.objects.get_or_create(slug=values["slug"], defaults=values)[0]


def job(edition: int = 1, schedule: ReportSchedule | None = None) -> ReportJob:
    """A job of July 2022 that is done."""
    which, now = schedule or series(), timezone.now()
    return ReportJob.objects.create(
        key=f"{which.slug}:2022-07:{edition}", schedule=which, edition=edition,
        period_start=dt.date(2022, 7, 1), period_end=dt.date(2022, 7, 31), cutoff_at=now,
        record_seq=edition, record_at=now, state="done", finished_at=now,
    )  # fmt: skip


def manuscript(edition: int = 1, *, which: ReportJob | None = None, **more: Any) -> Manuscript:
    """What `reports.workflow.lay_before_writers` leaves."""
    now, made = timezone.now(), content(edition)
    items = [
        {"key": key, "figure": {"label": "people killed", "count": 35}, "query": QUERY, "rows": []}
        for key in KEYS
    ]
    values = {
        "job": which or job(edition), "title": made["title"], "content": made, "items": items,
        "pictures": {"map": SVG}, "checksum": checksum(made), "created_at": now, "updated_at": now,
    } | more  # fmt: skip
    return Manuscript.objects.create(**values)


def writes(found: Manuscript, by: User, **more: Any) -> Manuscript:
    """The whole text, saved by one person."""
    return releasing.write(found, text(**more), by=by, at=timezone.now(), version=found.version)


def submitted(by: User | None = None, edition: int = 1, **more: Any) -> Manuscript:
    who = by or make.ana()
    found = writes(manuscript(edition), who, **more)
    return releasing.submit(found, by=who, at=timezone.now())


def released(edition: int = 1) -> Manuscript:
    found = submitted(edition=edition)
    releasing.release(found, by=make.rita(), at=timezone.now(), version=found.version)
    return Manuscript.objects.get(pk=found.pk)


def dropped() -> Manuscript:
    return releasing.drop(manuscript(), by=make.ed(), at=timezone.now(), reason="Not needed.")


IN_STATE = {
    ManuscriptState.WRITING: lambda: writes(manuscript(), make.ana()),
    ManuscriptState.SUBMITTED: submitted,
    ManuscriptState.RELEASED: released,
    ManuscriptState.DROPPED: dropped,
}


def stranger(role: Role) -> User:
    """Somebody of this role who wrote none of it."""
    return make.person(f"other-{role}", role)
