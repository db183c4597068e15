"""Pages of the reference desks: what there is, one form for every noun, the drawing beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Role
from accounts.filters import rows_of
from accounts.permissions import DeskRequest, require
from accounts.reference import pictures, saving
from accounts.reference.desk import ReferenceDesk
from accounts.reference.saving import Bound, Saved
from accounts.reference.trail import entries_of, told
from core.desk_fields import PickField
from core.pages import explains_refusals
from core.parameters import CONTROL

EDITION = "edition"
SUGGESTIONS = 12
LONGEST = 200
PAST = 10


class DeskPages:
    """The addresses of one noun below `/desk/<path>/`."""

    def __init__(self, desk: ReferenceDesk) -> None:
        self.desk = desk
        self.question = rows_of(desk)

    def urls(self) -> list[URLPattern]:
        desk, guard = self.desk, require(Role.EDITOR)
        edit = guard(require_http_methods(["GET", "HEAD", "POST"])(self.edit))
        preview = guard(require_POST(self.preview))
        listing = guard(require_safe(explains_refusals(self.listing)))
        return [
            path(f"{desk.path}/", listing, name=f"{desk.path}-list"),
            path(f"{desk.path}/new/", edit, name=f"{desk.path}-new"),
            path(f"{desk.path}/new/preview/", preview, name=f"{desk.path}-new-preview"),
            path(f"{desk.path}/<slug:slug>/", edit, name=f"{desk.path}-edit"),
            path(f"{desk.path}/<slug:slug>/preview/", preview, name=f"{desk.path}-preview"),
        ]

    def listing(self, request: DeskRequest) -> HttpResponse:
        """Rows by words, in pages."""
        rows = self.desk.rows().select_related(*self.desk.related)
        rows = rows.prefetch_related(*self.desk.fetched)
        question = self.question(request.GET, rows)
        page = question.page()
        shown = [(row, self._address("edit", row), self.desk.about(row)) for row in page.rows]
        context = {
            "desk": self.desk,
            "question": question,
            "rows": shown,
            "links": question.links(page),
            "new": self._address("new"),
        }
        return render(request, "desk/reference/list.html", context)

    def edit(self, request: DeskRequest, slug: str = "") -> HttpResponseBase:
        """The form; what is typed is written, or comes back with every error and no loss."""
        noun = self._noun(slug)
        if request.method != "POST":
            return self._page(request, saving.bind(self.desk, noun))
        if "more" in request.POST or "preview" in request.POST:
            more = request.POST.get("more", "")
            bound = saving.bind(self.desk, noun, request.POST, more=more)
            return self._page(request, bound, more=more, edition=request.POST.get(EDITION, ""))
        said = saving.save(
            self.desk,
            noun,
            request.POST,
            edition=request.POST.get(EDITION, ""),
            by=request.user,
            at=timezone.now(),
        )
        if said.row is not None:
            return self._done(request, said)
        edition = said.edition if said.conflict else request.POST.get(EDITION, "")
        status = 409 if said.conflict else 422
        return self._page(request, said.bound, said=said, edition=edition, status=status)

    def preview(self, request: DeskRequest, slug: str = "") -> HttpResponse:
        """The drawing of what is typed, saved or not."""
        bound = saving.bind(self.desk, self._noun(slug), request.POST)
        context = {"drawing": self._drawing(bound), "desk": self.desk}
        return render(request, "desk/reference/_drawing.html", context)

    def _noun(self, slug: str) -> Any:
        return get_object_or_404(self.desk.rows(), slug=slug) if slug else self.desk.blank()

    def _address(self, page: str, row: Any = None) -> str:
        args = [row.slug] if row is not None and page != "new" else []
        return reverse(f"reference:{self.desk.path}-{page}", args=args)

    def _done(self, request: DeskRequest, said: Saved) -> HttpResponse:
        if said.changes:
            messages.success(request, _("Saved: %s.") % said.row)
        else:
            messages.info(request, _("Nothing had changed, so nothing was written."))
        return HttpResponseRedirect(self._address("edit", said.row))

    def _drawing(self, bound: Bound) -> Any:
        """From what is typed, as far as it can be read; rows to be removed are left out."""
        if self.desk.draw is None:
            return None
        if bound.form.is_bound:
            bound.is_valid()
        rows = {
            part.name: [form.instance for form in formset.wanted()]
            if formset.is_bound
            else [form.instance for form in formset.initial_forms]
            for part, formset in bound.parts
        }
        return self.desk.draw(bound.form.instance, rows)

    def _page(
        self,
        request: DeskRequest,
        bound: Bound,
        *,
        said: Saved | None = None,
        more: str = "",
        edition: str = "",
        status: int = 200,
    ) -> HttpResponse:
        stored = self.desk.rows().filter(pk=bound.form.instance.pk).first()
        if stored is not None and not edition:
            edition = pictures.edition(self.desk.picture(stored))
        is_refused = said is not None
        entries = entries_of(self.desk.noun, stored.slug)[:PAST] if stored else []
        address = self._address("edit", stored) if stored else self._address("new")
        context = {
            "desk": self.desk,
            "row": stored,
            "bound": bound,
            "drawing": self._drawing(bound),
            "edition": edition,
            "more": more,
            "show_errors": is_refused,
            "conflict": is_refused and said is not None and said.conflict,
            "stored": self._differences(stored, bound) if status == 409 else [],
            "past": [told(entry) for entry in entries],
            "public": self.desk.public(stored) if stored else "",
            "is_told": stored is not None and self.desk.is_told(stored),
            "address": address,
            "preview": f"{address}preview/",
            "list": self._address("list"),
        }
        return render(request, "desk/reference/edit.html", context, status=status)

    def _differences(self, stored: Any, bound: Bound) -> list[tuple[str, Any, Any]]:
        """Field, what is stored, what was typed: only where the two differ."""
        found = []
        for form in [bound.form, *(f for _p, s in bound.parts for f in s.initial_forms)]:
            prefix = f"{form.instance}: " if form is not bound.form else ""
            for name in form.changed_data:
                if name in ("DELETE", "id"):
                    continue
                now, typed = form[name].initial, form[name].value()
                field = form.fields[name]
                found.append((f"{prefix}{field.label}", field.prepare_value(now), typed))
        return found


def choosing(fields: dict[str, PickField]) -> Any:
    """The view that fills the suggestions below a `PickField` while somebody types."""

    @require(Role.EDITOR)
    @require_safe
    def choose(request: DeskRequest, what: str) -> HttpResponse:
        # The asking input sends itself, under whatever name it has in its form.
        if what not in fields or len(request.GET) > 1:
            raise Http404
        typed = str(next(iter(request.GET.values()), ""))
        words = CONTROL.sub("", typed).strip()[:LONGEST]
        field = fields[what]
        rows = field.find(words)[:SUGGESTIONS] if words else []
        named = [field.named(row) for row in rows]
        return render(request, "desk/reference/_choices.html", {"named": named})

    return choose


def starting(desks: tuple[ReferenceDesk, ...]) -> Any:
    """The page that leads to every desk."""

    @require(Role.EDITOR)
    @require_safe
    def start(request: HttpRequest) -> HttpResponse:
        found = [(desk, reverse(f"reference:{desk.path}-list")) for desk in desks]
        return render(request, "desk/reference/start.html", {"desks": found})

    return start
