"""What the entry page says beside the form: neutral language, and what review will want."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actors.models import Actor
from core import prose
from incidents import language
from incidents.choices import Attribution, Role
from incidents.desk.sheet import Complaint, Sheet, findings
from incidents.drafting import Draft
from incidents.drafting.dates import with_dates


@dataclass(frozen=True)
class Warned:
    """A finding of the language lists, and the control with the words."""

    target: str
    label: str
    finding: language.Finding


@dataclass(frozen=True)
class Checks:
    """Beside the form: how the date will be shown, doubtful words, what is still to do."""

    when: str = ""
    words: list[Warned] = field(default_factory=list)
    to_do: list[Complaint] = field(default_factory=list)


def checks(sheet: Sheet) -> Checks:
    """What to say about a sheet as it stands; less where parts of it cannot be read yet."""
    if not sheet.is_readable:
        read = sheet.head.cleaned_data
        text = Draft(title=read.get("title", ""), summary=read.get("summary", ""))
        return Checks(when_shown(sheet), _words(text))
    draft = sheet.draft()
    blockers, wants = findings(draft, sheet.person)
    return Checks(when_shown(sheet), _words(draft), sheet.complaints(blockers | wants))


def when_shown(sheet: Sheet) -> str:
    """The date as a reader will read it; "" where there is none yet."""
    if not sheet.head.is_bound:
        return ""
    sheet.head.is_valid()
    given = sheet.head.cleaned_data
    if not given.get("date_start"):
        return ""
    parts = sheet.head.parts_of_date()
    draft = with_dates(Draft(**parts))
    if draft.date_start and draft.date_end and draft.date_end < draft.date_start:
        return ""
    said = prose.when(draft.date_start, draft.date_end, draft.date_precision, draft.is_multiday)
    return _("Readers see: %(when)s.") % {"when": said}


def _words(draft: Draft) -> list[Warned]:
    title, summary = str(_("Title")), str(_("What happened"))
    found = [Warned("id_title", title, f) for f in language.findings(draft.title)]
    found += [Warned("id_title", title, f) for f in _names_in_title(draft)]
    harms = {row.harm for row in draft.harm}
    for target, label, text in (
        ("id_title", title, draft.title),
        ("id_summary", summary, draft.summary),
    ):
        found += [Warned(target, label, f) for f in language.casualty_findings(text, harms)]
    found += [Warned("id_summary", summary, f) for f in language.findings(draft.summary)]
    for i, claim in enumerate(draft.claims):
        label = str(_("What it says, in your words"))
        rows = language.findings(claim.summary)
        found += [Warned(f"id_claims-{i}-summary", label, f) for f in rows]
    for i, party in enumerate(draft.parties):
        label = str(_("Or an unnamed party"))
        rows = language.findings(party.actor_text)
        found += [Warned(f"id_parties-{i}-actor_text", label, f) for f in rows]
    return found


def _names_in_title(draft: Draft) -> list[language.Finding]:
    """Names of actors in the title whose part in it is not confirmed."""
    doubtful = [
        party.actor
        for party in draft.parties
        if party.actor
        and party.role in (Role.PERPETRATOR, Role.ACCUSED, Role.CLAIMANT)
        and party.attribution != Attribution.CONFIRMED
    ]
    actors = Actor.objects.filter(slug__in=doubtful)
    names = {name for a in actors for name in (a.name, a.short_name) if name}
    return language.title_findings(draft.title, sorted(names), is_confirmed=False)
