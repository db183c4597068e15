"""What this room can find: campaigns, types, places that the record names, and incidents."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVector
from django.db.models import F, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core import prose
from core.naming import best, marked
from core.search import Found, Hit, Named, Names, Words, register
from core.templatetags.prose import named
from core.text import (
    CLOSE,
    CONFIGS,
    OPEN,
    Marked,
    containing,
    headlines,
    merged,
    only_matches,
    shortened,
)
from incidents import words as wording
from incidents.models import Campaign, IncidentType, PublishedIncident
from incidents.querysets import RecordQuerySet
from incidents.saying import NEWEST_FIRST, Reading, read_all
from incidents.sentences import NAMES, told
from incidents.templatetags.record import incident_title

# Incidents whose places are looked at.
LOOKED_AT = 200
# While somebody types: incidents whose titles are looked at, and how many are ranked.
LOOKED_THROUGH, RANKED_AT_ONCE = 40, 200
# Below the name of a country or a group, above a name that is only spelt alike.
CONTAINED, MENDED = 0.78, 0.6
MARKED_WORD = re.compile(f"{OPEN}(.*?){CLOSE}")
# What stands around a match in the text of an incident, title apart.
TEXT = Concat(
    Cast(KeyTextTransform("summary", "payload"), TextField()),
    Value(" "),
    Cast(KeyTextTransform("note", "payload"), TextField()),
    output_field=TextField(),
)


def list_url(**asked: str) -> str:
    """The list of incidents that answer a question."""
    return f"{reverse('incidents:list')}?{urlencode(asked)}"


def _read(words: Words) -> Reading:
    """What the record has of the words; asked once, for places and for incidents."""
    record = PublishedIncident.objects.current()
    return words.once("record", lambda: read_all(record, words.text, is_hasty=words.is_typing))


class Incidents:
    """Incidents that contain the words: a few ranked, the title before the rest; many by date.

    To somebody who still types only those are proposed of which the title shows a word.
    """

    kind, label = "incident", _("Incidents")

    def find(self, words: Words, limit: int) -> Found | None:
        reading = _read(words)
        if not reading.count:
            return None
        text = reading.instead or words.text
        hits = (_titled if words.is_typing else _containing)(reading, text, limit)
        if not hits:
            return None
        return Found(
            kind=self.kind,
            label=self.label,
            hits=hits,
            count=reading.count,
            is_floor=reading.is_floor,
            instead=reading.instead,
            more_url=list_url(q=words.text),
        )


def _containing(reading: Reading, text: str, limit: int) -> list[Hit]:
    query = containing(text)
    if reading.is_floor:
        found = _numbered(reading.newest(limit))
    else:
        found = list(_ranked(reading.rows, query)[:limit])
    marks = _marked(found, query)
    return [_hit(row, marks[row.seq], reading) for row in found]


def _titled(reading: Reading, text: str, limit: int) -> list[Hit]:
    """The first whose title shows a word, among some that are found fast."""
    query = containing(text)
    if reading.count > RANKED_AT_ONCE:
        found = _numbered(reading.seqs[:LOOKED_THROUGH])
    else:
        found = list(_ranked(reading.rows, query)[:LOOKED_THROUGH])
    titles = _said(_among(found), "title", query)
    shown = [row for row in found if any(is_match for _text, is_match in titles[row.seq])]
    return [_hit(row, (titles[row.seq], []), reading) for row in shown[:limit]]


def _numbered(seqs: Sequence[int]) -> list[PublishedIncident]:
    rows = PublishedIncident.objects.filter(seq__in=seqs).order_by(*NEWEST_FIRST)
    return list(rows.defer("search", "search_text"))


def _among(found: list[PublishedIncident]) -> RecordQuerySet:
    return PublishedIncident.objects.filter(seq__in=[row.seq for row in found]).order_by()


def _ranked(rows: RecordQuerySet, query: Any) -> RecordQuerySet:
    rows = rows.defer("search", "search_text")
    # Rare words have stems: only words of neither language are asked for as they are written.
    english, french = (SearchVector("title", config=name, weight="A") for name in CONFIGS[1:])
    title = english + french
    rank = SearchRank(F("search"), query) + SearchRank(title, query)
    return rows.annotate(rank=rank).order_by("-rank", *NEWEST_FIRST)


def _marked(found: list[PublishedIncident], query: Any) -> dict[int, tuple[Any, Any]]:
    """Title and text of each row with the words marked, as they match in any language.

    Where neither shows them, the words alone, from the names by which the incident is found.
    """
    rows = _among(found)
    titles = _said(rows, "title", query)
    texts = {seq: shortened(pieces) for seq, pieces in _said(rows, TEXT, query).items()}
    silent = [seq for seq in titles if not texts[seq] and not any(hit for _, hit in titles[seq])]
    names = _headlines(rows.filter(seq__in=silent), "search_text", query) if silent else []
    matches = {seq: only_matches(_matching(versions)) for seq, *versions in names}
    return {seq: (titles[seq], texts[seq] or matches.get(seq, [])) for seq in titles}


def _said(rows: RecordQuerySet, text: Any, query: Any) -> dict[int, Any]:
    return {seq: merged(versions) for seq, *versions in _headlines(rows, text, query)}


def _headlines(rows: RecordQuerySet, text: Any, query: Any) -> Any:
    """`seq` and the whole text, once with the matches of each language marked."""
    marked_in = rows.annotate(text=F(text) if isinstance(text, str) else text)
    columns = [f"said_{name}" for name in CONFIGS]
    return marked_in.annotate(**headlines("text", query)).values_list("seq", *columns)


def _matching(versions: list[str]) -> Marked:
    """The words that are marked in any language, in their order, without the text between them."""
    found = {}
    for text in versions:
        for number, match in enumerate(MARKED_WORD.finditer(text)):
            found[match.start() - 2 * number] = match[1]
    return [(found[place], True) for place in sorted(found)]


def _hit(row: PublishedIncident, marks: tuple[Any, Any], reading: Reading) -> Hit:
    title = incident_title(row)
    place = wording.where(row.payload["location"], named(row.payload["location"], "country_name"))
    killed = row.payload["harm"]["killed"]
    when = prose.when_short(row.date_start, row.date_end, row.date_precision, row.is_multiday)
    deaths = wording.harmed("killed", killed) if wording.is_known(killed) else ""
    dataset = wording.in_words(row.dataset, "dataset")
    return Hit(
        kind="incident",
        key=row.public_id,
        name=title,
        url=reverse("incidents:detail", args=[row.public_id, row.slug]),
        score=MENDED if reading.instead else CONTAINED,
        detail=" · ".join(filter(None, [when, place, deaths, dataset])),
        marked=marks[0] if title == row.title else [(title, False)],
        snippet=marks[1],
    )


class Places:
    """Places that incidents with these words name; each leads to its incidents.

    Of many incidents some are looked at, the newest of those that are found fast.
    """

    kind, label = "place", _("Places")

    def find(self, words: Words, limit: int) -> Found | None:
        name = KeyTextTransform("name", KeyTextTransform("location", "payload"))
        most = LOOKED_AT // 2 if words.is_typing else LOOKED_AT
        seqs = _read(words).seqs[:most]
        near = PublishedIncident.objects.filter(seq__in=seqs).annotate(place=name)
        counts = Counter(near.order_by().values_list("place", "country"))
        countries = NAMES["country"]([iso3 for _place, iso3 in counts])
        hits = [
            Hit(
                kind=self.kind,
                key=f"{place}, {iso3}",
                name=place,
                url=list_url(country=iso3, q=f'"{place}"'),
                score=round(match.score - 0.01, 4),
                detail=countries.get(iso3, iso3),
                marked=marked(place, words.key),
            )
            for (place, iso3) in counts
            if place and (match := best(words.key, [place]))
        ]
        hits.sort(key=lambda hit: (-hit.score, -counts[hit.name, hit.key[-3:]], hit.key))
        if not hits:
            return None
        scores = [hit.score for hit in hits]
        return Found(self.kind, self.label, hits[:limit], len(hits), scores=scores)


def _campaign(row: Campaign) -> Named:
    since = prose.partial(row.starts_on, row.start_precision) if row.starts_on else ""
    details = [str(row.get_kind_display()), since]
    return Named(row.name, reverse("incidents:campaign", args=[row.slug]), details)


def _type(row: IncidentType) -> Named:
    group = wording.in_words(row.group, "group")
    return Named(named(row, "label"), list_url(type=row.code), [group, row.code])


register(Names("campaign", _("Campaigns"), rows=lambda: told(Campaign), show=_campaign))
register(
    Names(
        "type",
        _("Types of incident"),
        rows=IncidentType.objects.all,
        columns=("label", "label_fr", "code"),
        key="code",
        show=_type,
    )
)
register(Places())
register(Incidents())
