"""Public pages of subscribing. They never tell whether an address is known.

No session and no token stand behind these forms: whoever sends them may do so, and what they say
is settled by the letter. Opening a link changes nothing, since programs open the links of a mail
to look for dangers; only the button does.
"""

import uuid
from collections.abc import Mapping

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reports.delivery import links, subscribing
from reports.delivery.forms import SubscribeForm
from reports.delivery.wording import described
from reports.models import Subscriber, Subscription, Watch
from reports.watches import watching

# Requests from one network; letters to one address are counted in `subscribing`.
RATE = {"subscribe": "30/h/ip"}
methods = require_http_methods(["GET", "HEAD", "POST"])


def too_many(request: HttpRequest) -> HttpResponse | None:
    """The page that says so, if this network has asked too often."""
    if ratelimit.consume(request, app="vigil", action="subscribe", config=RATE):
        return None
    return render(request, "reports/delivery/too_many.html", status=429)


@csrf_exempt
@methods
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose reports and leave an address; a letter asks to confirm."""
    if request.method != "POST":
        form = SubscribeForm(initial={"series": request.GET.get("series", "")})
        return render(request, "reports/delivery/subscribe.html", {"form": form})
    refused = too_many(request)
    if refused is not None:
        return refused
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/delivery/subscribe.html", {"form": form}, status=400)
    subscribing.ask(form.cleaned_data["email"], **form.wanted, at=timezone.now())
    return redirect("delivery:asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same words for every address."""
    return render(request, "reports/delivery/asked.html", {"days": links.LASTS.days})


@never_cache
@csrf_exempt
@methods
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that confirms; what it brings is said on the page."""
    try:
        kind, uid = links.confirmed(token)
        about = _about(kind, uid)
        if request.method == "POST":
            verb = watching.confirm if kind == links.WATCH else subscribing.confirm
            about = verb(uid, at=timezone.now())
    except (links.LinkUnknown, links.LinkExpired) as gone:
        return _gone(request, isinstance(gone, links.LinkExpired))
    context = {"wanted": described(about), "is_done": about.confirmed_at is not None}
    return render(request, "reports/delivery/confirm.html", context)


def _about(kind: str, uid: uuid.UUID) -> Subscription | Watch:
    """What is to be confirmed. Raises LinkExpired where it has been ended or forgotten."""
    model: type[Subscription] | type[Watch] = Watch if kind == links.WATCH else Subscription
    about = model._default_manager.filter(uid=uid).first()
    if about is None:
        raise links.LinkExpired
    return about


def _gone(request: HttpRequest, is_expired: bool) -> HttpResponse:
    why = (
        _("This link has expired. Ask again, and confirm within %(n)s days.")
        % {"n": links.LASTS.days}
        if is_expired
        else _("This link is not known. It may be cut off: copy the whole address.")
    )
    return render(request, "reports/delivery/gone.html", {"why": why}, status=410)


@never_cache
@csrf_exempt
@methods
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End letters: at once for a mail program (RFC 8058), by a button for a person."""
    try:
        kind, uid, schedule = links.leaving(token)
    except links.LinkUnknown:
        return _gone(request, is_expired=False)
    if request.method != "POST":
        context = {"is_series": kind == links.SERIES, "is_watch": kind == links.WATCH}
        return render(request, "reports/delivery/leave.html", context)
    _end(kind, uid, schedule, request.POST)
    return render(request, "reports/delivery/left.html")


def _end(kind: str, uid: uuid.UUID, schedule: int, sent: Mapping[str, str]) -> None:
    """What the button or the mail program asks for; nothing where it has ended before."""
    everything = sent.get("what") == "all"
    watch = Watch.objects.filter(uid=uid).select_related("subscriber").first()
    subscriber = Subscriber.objects.filter(uid=uid).first() if kind == links.SERIES else None
    if everything and kind == links.WATCH and watch is not None:
        subscriber = watch.subscriber
    if everything and subscriber is not None:
        subscribing.erase(subscriber.uid)
    elif kind == links.WATCH and watch is not None:
        watching.leave(watch.uid)
    elif subscriber is not None:
        subscribing.leave(subscriber.uid, schedule)
