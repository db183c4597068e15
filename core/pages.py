"""What public reference pages share: strict questions, the day asked about, refusals in words.

`@explains_refusals` turns a question that was not understood into a page with status 400 that
names the parameter, the value and the remedy.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import paging, prose
from core.paging import BadCursor, Cursor, Ordering, Page
from core.parameters import ParameterField, TextField, shown
from core.questions import Parameter, ParametersRefused, Question

View = Callable[..., HttpResponse]
PAGE_LENGTH = 50


class OneDayField(ParameterField):
    """One day of the calendar; a month or a year would leave open which day is meant."""

    schema = {"type": "string", "format": "date", "example": "2025-01-29"}

    def read(self, text: str) -> dt.date:
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
                raise ValueError(text)
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValidationError(
                _("%(value)s is not a date: write 2025-01-29.") % {"value": shown(text)}
            ) from None


class PageQuestion(Question):
    """A page that takes no parameter. Pass the rows: `PageQuestion(request.GET, rows)`."""

    def start(self) -> Any:
        raise TypeError("Pass the rows that the page is about.")


class OnQuestion(PageQuestion):
    """A page about one thing on one day of world time."""

    on = Parameter(OneDayField())

    @property
    def day(self) -> dt.date:
        """The day asked about; today (UTC) if none was."""
        day: dt.date = self.cleaned.get("on", prose.today())
        return day


class ListQuestion(PageQuestion):
    """A list in keyset pages."""

    presentation: tuple[str, ...] = ("cursor",)
    order: Ordering

    cursor = Parameter(
        TextField(
            max_length=paging.MAX_CURSOR_LENGTH,
            help_text=gettext_lazy("A place in the list, from `next` or `previous`."),
        )
    )

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        if "cursor" in cleaned:
            try:
                Cursor.decode(cleaned["cursor"], self.order)
            except BadCursor as error:
                form.add_error("cursor", str(error))

    def page(self, limit: int = PAGE_LENGTH) -> Page[Any]:
        """The page that was asked for, of `limit` rows unless said. Raises ParametersRefused."""
        asked = self.cleaned
        limit = asked.get("limit", limit)
        return paging.page(self.qs, self.order, limit=limit, cursor=asked.get("cursor"))

    def links(self, page: Page[Any]) -> dict[str, str]:
        """Addresses of the pages on both sides, empty at the ends."""
        limit = self.asked.get("limit")
        return {
            side: f"?{self.as_query(cursor=cursor, limit=limit)}" if cursor else ""
            for side, cursor in (("previous", page.previous), ("next", page.next))
        }


def explains_refusals(view: View) -> View:
    """Answer 400 with the reason in words where the view could not understand the question."""

    @functools.wraps(view)
    def explained(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ParametersRefused as refused:
            context = {"refusals": refused.refusals, "path": request.path}
            return render(request, "core/refused.html", context, status=400)

    return explained
