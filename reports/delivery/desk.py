"""The desk's pages about delivery: recipients of a series, and webhooks."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from core.jobs import JobState
from reports.delivery import subscribing, webhooks
from reports.delivery.forms import AddressForm, WebhookForm
from reports.delivery.series import name_of
from reports.models import Letter, LetterKind, ReportSchedule, Subscription, Webhook

methods = require_http_methods(["GET", "HEAD", "POST"])
LATEST = 50


@methods
@require(Role.EDITOR)
def recipients(request: DeskRequest, slug: str) -> HttpResponse:
    """Who gets a series, addresses masked; a new one is asked to confirm like every other."""
    schedule = get_object_or_404(ReportSchedule, slug=slug)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        subscribing.ask(address, schedule=schedule, at=timezone.now(), by=request.user)
        messages.success(
            request, _("The address is asked to confirm, unless it has done so before.")
        )
        return redirect("delivery-desk:recipients", slug)
    letters = Letter.objects.filter(kind=LetterKind.EDITION, report__job__schedule=schedule)
    context = {
        "schedule": schedule,
        "name": name_of(schedule),
        "form": form,
        "recipients": schedule.subscriptions.select_related("subscriber", "added_by"),
        "sent": letters.filter(state=JobState.DONE).count(),
        "waiting": letters.exclude(state=JobState.DONE).count(),
    }
    status = 400 if form.errors else 200
    return render(request, "desk/delivery/recipients.html", context, status=status)


@require_POST
@require(Role.EDITOR)
def remove_recipient(request: DeskRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Take an address off a series."""
    found = get_object_or_404(Subscription, uid=uid, schedule__slug=slug)
    subscribing.remove(found, by=request.user, at=timezone.now())
    messages.success(request, _("The recipient is removed."))
    return redirect("delivery-desk:recipients", slug)


@methods
@require(Role.ADMINISTRATOR)
def webhook_list(request: DeskRequest) -> HttpResponse:
    """All webhooks, and a form for another; its secret is shown on this answer only."""
    form = WebhookForm(request.POST or None)
    context = {"form": form, "webhooks": Webhook.objects.select_related("created_by")}
    if request.method == "POST" and form.is_valid():
        made, secret = webhooks.register(**form.cleaned_data, by=request.user, at=timezone.now())
        return render(request, "desk/delivery/secret.html", {"webhook": made, "secret": secret})
    status = 400 if form.errors else 200
    return render(request, "desk/delivery/webhooks.html", context, status=status)


@require_safe
@require(Role.ADMINISTRATOR)
def webhook(request: DeskRequest, uid: uuid.UUID) -> HttpResponse:
    """One webhook with its latest messages and every attempt to deliver them."""
    found = get_object_or_404(Webhook, uid=uid)
    latest = found.messages.prefetch_related("tries").order_by("-pk")[:LATEST]
    context = {"webhook": found, "sent": latest, "most": webhooks.MOST_FAILURES}
    return render(request, "desk/delivery/webhook.html", context)


@require_POST
@require(Role.ADMINISTRATOR)
def act(request: DeskRequest, uid: uuid.UUID) -> HttpResponse:
    """One of the verbs without a form of its own, named by the button."""
    found, verb = get_object_or_404(Webhook, uid=uid), request.POST.get("verb", "")
    by, at = request.user, timezone.now()
    if verb == "secret":
        secret = webhooks.new_secret(found, by=by, at=at)
        return render(request, "desk/delivery/secret.html", {"webhook": found, "secret": secret})
    if verb == "remove":
        webhooks.remove(found, by=by, at=at)
        messages.success(request, _("The webhook is removed."))
        return redirect("delivery-desk:webhooks")
    if verb == "ping":
        webhooks.ping(found, by=by, at=at)
        messages.success(request, _("A message is on its way: reload to see what came of it."))
    elif verb == "stop":
        webhooks.stop(found, _("Stopped by %(name)s.") % {"name": by.username}, at=at, by=by)
    elif verb == "resume":
        webhooks.resume(found, by=by, at=at)
    else:
        raise BadRequest(f"verb is {verb!r}; it must be ping, stop, resume, secret or remove.")
    return redirect("delivery-desk:webhook", uid)
