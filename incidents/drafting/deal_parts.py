"""What an editor writes of a ransom and of talks about hostages (B3.16)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DraftRansomFigure:
    """What one source says was paid, in whole units of the ransom's currency.

    Without a number the source tells of the ransom and gives no figure.
    """

    # `ref` of a citation of the draft.
    citation: str = ""
    low: int | None = None
    best: int | None = None
    high: int | None = None
    # The source's own word, such as "approximately".
    note: str = ""


@dataclass(frozen=True)
class DraftRansom:
    """A payment for hostages, as reported; amounts in whole units of the currency (ISO 4217).

    `paid_on` is "2025-10-30", "2025-10", "2025-Q4", "2025" or ""; `paid_until`, of the same shape,
    is the last possible day where it is not the end of `paid_on`.
    """

    id: str = ""
    payer: str = ""
    # ISO 3166-1 alpha-3, where a country is said to have paid.
    payer_country: str = ""
    # Slug of the actor that is said to have been paid.
    payee: str = ""
    currency: str = "USD"
    amount_low: int | None = None
    amount_best: int | None = None
    amount_high: int | None = None
    hostages: int | None = None
    also_released: int | None = None
    other_consideration: str = ""
    paid_on: str = ""
    paid_until: str = ""
    status: str = "reported"
    denied_by: str = ""
    # Empty: no official comment is recorded.
    official_comment: str = ""
    confidence: str = "medium"
    figures: tuple[DraftRansomFigure, ...] = ()
    # For the desk; readers do not see it.
    note: str = ""


@dataclass(frozen=True)
class DraftTalks:
    """Talks about the people taken; `held_on` and `held_until` are written as dates of ransoms."""

    id: str = ""
    # Slug of the actor that holds them.
    party: str = ""
    counterparty: str = ""
    facilitator: str = ""
    held_on: str = ""
    held_until: str = ""
    status: str = "reported"
    terms: tuple[str, ...] = ()
    # `ref`s of citations of the draft.
    citations: tuple[str, ...] = ()
    # For the desk; readers do not see it.
    note: str = ""
