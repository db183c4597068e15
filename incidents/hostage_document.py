"""The shape of what the record tells of ransoms and of talks about hostages, for OpenAPI."""

from typing import Any

from rest_framework import serializers as s

from incidents.document_fields import amount, maybe_text, number, text


class PeriodOfSerializer(s.Serializer[Any]):
    """First and last possible day and how much of them is known: day, month, quarter, year."""

    start = s.DateField(allow_null=True)
    end = s.DateField(allow_null=True)
    precision = text()


class BasisSerializer(s.Serializer[Any]):
    """A document that says so; an anonymous one shows neither title nor publisher."""

    slug = text()
    title = text()
    publisher = text()
    grade = text()


class RansomFigureSerializer(s.Serializer[Any]):
    """What one source says was paid, in major units of the currency."""

    source = text()  # type: ignore[assignment]
    source_title = text()
    publisher = text()
    grade = text()
    low = amount()
    best = amount()
    high = amount()
    note = text()


class RansomSerializer(s.Serializer[Any]):
    """A payment for hostages, reported, confirmed or denied; only once every case is closed."""

    status = text()
    payer = text()
    payer_country = maybe_text()
    payee = text()
    payee_name = text()
    currency = text()
    low = amount()
    best = amount()
    high = amount()
    hostages = number()
    also_released = number()
    other_consideration = text()
    paid_on = PeriodOfSerializer()
    denied_by = text()
    official_comment = text()
    figures = RansomFigureSerializer(many=True)
    sources = BasisSerializer(many=True)


class TalksPartySerializer(s.Serializer[Any]):
    actor = text()
    name = text()


class HostageTalksSerializer(s.Serializer[Any]):
    """Talks about hostages; only once every case that they were about is closed."""

    kind = text()
    status = text()
    parties = TalksPartySerializer(many=True)
    counterparty = text()
    facilitator = text()
    date = PeriodOfSerializer()
    terms = s.ListField(child=text())
    sources = BasisSerializer(many=True)
