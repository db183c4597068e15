"""Mali in July 2022 as the builders make it: a wave, its aftermath, a condition, a suspension."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from core.jobs import JobState
from incidents import workflow as desk
from incidents.models import Incident, RecordHead
from regions.models import Membership
from reports import planning, workflow
from reports.figures import Issue, Ledger
from reports.models import ReportJob, ReportSchedule
from reports.periods import Period
from reports.sections import SECTIONS
from reports.sentences import plain
from tests import make
from tests.reports.listener import listening, local  # noqa: F401 - fixtures
from tests.reports.mailserver import post_office, strict_office  # noqa: F401 - fixtures

JULY = Period.parse("2022-07")
NOW = dt.datetime(2026, 10, 10, 12, tzinfo=dt.UTC)
TOWNS = ("Douentza", "Kolokani", "Koro", "Segou", "Bapho", "Mopti")


def wave_incident(town, **more):
    made = make.incident(
        day="2022-07-21", place=town, type_code="ARM-CPX", targets=["military"],
        weapons=["firearms"], attribution="probable", **more,
    )  # fmt: skip
    make.part(made, "katiba-macina", attribution="probable")
    return made


def mali_in_july():
    """Publish nine incidents: six of one day, Kati, a kidnapping, and one a month before."""
    wave = make.campaign(
        "july-2022-wave", name="July wave", expected_incident_count=6, expected_on="2022-07-21"
    )
    wave.countries.add(make.country("MLI"))
    for number, town in enumerate(TOWNS):
        toll = {"killed_low": 1, "killed_best": number, "killed_high": 9} if number else {}
        made = wave_incident(town, **toll)
        make.tie(made, wave)
    kati = make.incident(
        day="2022-07-22", place="Kati", targets=["military"], attribution="confirmed",
        killed_low=1, killed_best=1, killed_high=1,
        attackers_killed_low=7, attackers_killed_best=7, attackers_killed_high=7,
    )  # fmt: skip
    make.part(kati, "jnim")
    make.incident(
        day="2022-07-27", place="Sokolo", type_code="HOS-KID",
        abducted_low=2, abducted_best=3, abducted_high=3,
    )  # fmt: skip
    make.incident(day="2022-06-18", place="Diallassagou", killed_low=132, killed_best=132,
                   killed_high=132)  # fmt: skip
    desk.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())


def around():
    """A blockade, and Mali in ECOWAS, suspended within the period."""
    siege = make.campaign(
        "siege", name="Siege of a town", kind="condition", condition_type="siege",
        starts_on="2022-02-16", start_precision="day", status="open",
    )  # fmt: skip
    siege.countries.add(make.country("MLI"))
    ecowas = make.body("ecowas", short_name_fr="CEDEAO")
    make.membership(ecowas, "MLI", "1975-05-28")
    Membership.objects.create(
        body=ecowas, country=make.country("MLI"), status="suspended", starts_on="2022-07-03"
    )


def schedule(**more):
    values = {
        "slug": "monthly-mli-en", "country": make.country("MLI"), "language": "en",
        "starts_on": dt.date(2022, 1, 1),
    } | more  # fmt: skip
    return ReportSchedule.objects.get_or_create(slug=values["slug"], defaults=values)[0]


def planned(which=None, period=JULY, **more):
    return planning.plan(which or schedule(), period, at=NOW, **more)


def built(job):
    """Claim and work in this process."""
    at = RecordHead.objects.get(pk=1).at
    claimed = ReportJob.claim(job.pk, at=at)
    assert claimed.state == JobState.RUNNING
    return workflow.work(claimed, clock=lambda: at)


class Written:
    """Some sections of a report, written alone; read like a report."""

    def __init__(self, job, *names):
        ledger = Ledger()
        issue = Issue.of(job)
        with translation.override(job.schedule.language):
            for name, write in SECTIONS:
                if name in ("totals", *names):
                    ledger.sections.append(write(issue, ledger))
        self.content = {"sections": ledger.sections}
        self.items = ledger.items
        self.pictures = ledger.pictures


def section(report, name):
    """A section of a report, or of a draft."""
    return {one["name"]: one for one in report.content["sections"]}[name]


def data(report, name):
    return section(report, name)["data"]


def table(report, key):
    """The rows of a table, each as its cells by the name of their column."""
    found = [
        block
        for one in report.content["sections"]
        for block in one["blocks"]
        if block["kind"] == "table" and block["key"] == key
    ]
    names = [column["name"] for column in found[0]["columns"]]
    return [dict(zip(names, row, strict=True)) for row in found[0]["rows"]]


def sentences(report, name):
    """Whatever a section says in sentences."""
    blocks = section(report, name)["blocks"]
    told = [plain(said) for block in blocks for said in block.get("sentences", [])]
    return told + [plain(fact["sentence"]) for block in blocks for fact in block.get("facts", [])]


def figure(report, key):
    """A frozen figure."""
    return report.items.get(key=key)


@pytest.fixture
def mali(db):
    around()
    mali_in_july()


@pytest.fixture
def report(mali):
    return built(planned())


@pytest.fixture
def mali_committed(transactional_db):
    around()
    mali_in_july()
