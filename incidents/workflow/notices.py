"""Public notices that Vigil writes by itself: the same sentence in both languages of the record."""

from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

LINK_REMOVED = gettext_lazy("A link was removed.")
LINKED_WITHDRAWN = gettext_lazy("A linked incident was withdrawn.")
JOINED = gettext_lazy("Joined with %(id)s, which told the same event.")
ADDED = gettext_lazy("Sources and figures were added.")


def in_both(sentence: str | Promise, **values: Any) -> dict[str, str]:
    """`notice` and `notice_fr`, whichever language the person at the desk reads."""

    def said(language: str) -> str:
        with translation.override(language):
            return str(sentence) % values

    return {"notice": said("en"), "notice_fr": said("fr")}
