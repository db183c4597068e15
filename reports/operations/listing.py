"""The kinds of jobs: what they are called, how many are in which state, what can be done."""

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.jobs import BELLS, RETRIED, STOPPED, Job, JobQuerySet, JobState, kinds

NAMES: dict[str, str | Promise] = {
    "importbatch": _("import"),
    "letter": _("e-mail"),
    "reportjob": _("situation report"),
    "webhookmessage": _("webhook message"),
}


def slug(kind: type[Job]) -> str:
    """How a kind is written in addresses."""
    return str(kind._meta.model_name)


def by_slug() -> dict[str, type[Job]]:
    """Every kind of job by the word that stands for it in addresses."""
    return {slug(kind): kind for kind in kinds()}


def name(kind: type[Job]) -> str:
    """What a kind is called, in the active language."""
    return str(NAMES.get(slug(kind), kind._meta.verbose_name))


def may_retry(job: Job) -> bool:
    """Whether a worker takes it up when it is asked for again; an import is begun by its file."""
    return job.state in RETRIED and type(job) in BELLS


def may_cancel(job: Job) -> bool:
    """Whether it can still be stopped or set aside."""
    return job.state in STOPPED


def counts() -> list[tuple[str, int]]:
    """How many jobs of all kinds are in each state: (state, number), every state named."""
    numbers = dict.fromkeys(JobState.values, 0)
    for kind in kinds():
        grouped = JobQuerySet(kind).order_by().values_list("state")
        for state, number in grouped.annotate(n=Count("pk")):
            numbers[state] += number
    return list(numbers.items())
