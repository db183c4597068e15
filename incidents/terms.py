"""Parameters that take terms: those of a reference table, or words of a vocabulary."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from core.parameters import TermsField
from incidents.sentences import told


def existing(model: Any, column: str, **only: Any) -> Any:
    """A function that keeps those of some terms that exist in a reference table for readers."""

    def known(terms: list[str]) -> set[str]:
        rows = told(model).filter(**{f"{column}__in": terms}, **only)
        return set(rows.values_list(column, flat=True))

    return known


def _listed_at(address: str) -> str:
    return _("The list is at %(address)s.") % {"address": address}


listed_at = lazy(_listed_at, str)


def terms(model: Any, column: str, address: str, help_text: Any, example: str, **only: Any) -> Any:
    return TermsField(
        known=existing(model, column, **only), remedy=listed_at(address),
        help_text=help_text, example=example, excludes=True,
    )  # fmt: skip


def words(known: list[str], help_text: Any) -> Any:
    return TermsField(known=known, help_text=help_text, excludes=True)
