"""Pages of saved searches: for everybody by mail, for people with an account at /searches/."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import DeskRequest, require
from core.pages import explains_refusals
from reports.delivery.views import too_many
from reports.delivery.wording import described
from reports.models import Alert, Watch
from reports.watches import watching
from reports.watches.asking import canonical, read
from reports.watches.changes import told
from reports.watches.forms import KeepForm, WatchForm


def language() -> str:
    """The reader's, as letters are written in it."""
    return "fr" if (get_language() or "").startswith("fr") else "en"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def new(request: HttpRequest) -> HttpResponse:
    """Save the question of the explorer's address; POST asks an address to confirm alerts.

    No session stands behind it; like subscribing, it never tells whether an address is known.
    """
    query = canonical(request.GET)
    form = WatchForm(request.POST or None)
    if request.method == "POST":
        refused = too_many(request)
        if refused is not None:
            return refused
        if form.is_valid():
            _ask(query, form)
            return redirect("delivery:asked")
    question = read(query)
    context = {"form": form, "query": query, "sentence": question.sentence() if query else ""}
    if isinstance(request.user, User):
        kept = request.user.watches.filter(query=query).first()
        initial = {"name": kept.name, "rhythm": kept.rhythm} if kept else None
        context |= {"keep": KeepForm(initial=initial), "kept": kept}
    status = 400 if form.errors else 200
    return render(request, "reports/watches/new.html", context, status=status)


def _ask(query: str, form: WatchForm) -> None:
    sent = form.cleaned_data
    try:
        watching.ask(
            query,
            email=sent["email"],
            rhythm=sent["rhythm"],
            language=language(),
            at=timezone.now(),
        )
    except watching.WatchRefused:
        # The same answer as ever: how much an address gets is its owner's business.
        return


@require_POST
@require(Role.READER)
@explains_refusals
def keep(request: DeskRequest) -> HttpResponse:
    """Keep a question for the person who is signed in."""
    query = canonical(QueryDict(request.POST.get("query", "")))
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            watching.keep(
                query,
                owner=request.user,
                **form.cleaned_data,
                language=language(),
                at=timezone.now(),
            )
        except watching.WatchRefused as refused:
            form.add_error("rhythm", str(refused))
        else:
            messages.success(request, _("The search is saved."))
            return redirect("watches:list")
    context = {
        "form": WatchForm(),
        "keep": form,
        "query": query,
        "sentence": read(query).sentence() if query else "",
    }
    return render(request, "reports/watches/new.html", context, status=400)


@require_safe
@require(Role.READER)
def searches(request: DeskRequest) -> HttpResponse:
    """The saved searches of the person who is signed in, each with its latest alert."""
    rows = []
    for watch in request.user.watches.order_by("name", "pk"):
        form = KeepForm(initial={"name": watch.name, "rhythm": watch.rhythm}, prefix=watch.uid.hex)
        rows.append((watch, described(watch), watch.alerts.order_by("-number").first(), form))
    return render(request, "reports/watches/list.html", {"rows": rows})


@require_POST
@require(Role.READER)
def change(request: DeskRequest, uid: uuid.UUID) -> HttpResponse:
    """Rename a saved search, or hear of it more or less often."""
    watch = get_object_or_404(Watch, uid=uid, owner=request.user)
    form = KeepForm(request.POST, prefix=uid.hex)
    if not form.is_valid():
        messages.warning(
            request, " ".join(str(e) for errors in form.errors.values() for e in errors)
        )
        return redirect("watches:list")
    try:
        watching.keep(
            watch.query,
            owner=request.user,
            **form.cleaned_data,
            language=language(),
            at=timezone.now(),
        )
    except watching.WatchRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The search is changed."))
    return redirect("watches:list")


@require_POST
@require(Role.READER)
def delete(request: DeskRequest, uid: uuid.UUID) -> HttpResponse:
    """Forget a saved search with its alerts."""
    watching.delete(get_object_or_404(Watch, uid=uid, owner=request.user))
    messages.success(request, _("The search is deleted."))
    return redirect("watches:list")


@require_safe
@never_cache
def alert(request: HttpRequest, key: str) -> HttpResponse:
    """What one alert told, in the language of its letter; who has the link may read it."""
    found = get_object_or_404(Alert.objects.select_related("watch"), key=key)
    watch = found.watch
    with translation.override(watch.language):
        context = {
            "alert": found,
            "watch": watch,
            "sentence": described(watch),
            "told": told(found),
            "previous": found.previous,
            "following": watch.alerts.filter(number=found.number + 1).first(),
            "as_of": read(watch.query, moment=found.until_at).as_query(),
        }
        return render(request, "reports/watches/alert.html", context)
