"""`Idempotency-Key`: a request that is sent twice, even at once, is done once."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from accounts.models import User
from core.problems import problem
from incidents.models import WriteReceipt

KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
KEPT = dt.timedelta(days=7)
# What a repeated answer carries of the first.
HEADERS = ("ETag", "Location", "Content-Language")


def once(
    request: Request, by: User, at: dt.datetime, do: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer with what `do` answers, in one transaction; or with what it answered before.

    An answer of 400 or above changes nothing and is not kept, so that the same key may try again.
    """
    key = request.headers.get("Idempotency-Key", "")
    if key and not KEY.fullmatch(key):
        remedy = _("Idempotency-Key is 1 to 200 visible ASCII characters, such as a UUID.")
        return problem(request, 400, remedy)
    with transaction.atomic():
        answer = _kept(request, key, by, at, do) if key else do()
        if answer.status_code >= 400:
            transaction.set_rollback(True)
    return answer


def _kept(
    request: Request, key: str, by: User, at: dt.datetime, do: Callable[[], HttpResponse]
) -> HttpResponse:
    WriteReceipt.objects.filter(answered_at__lt=at - KEPT).delete()
    # A second request with the same key waits here until the first has ended.
    receipt, is_first = WriteReceipt.objects.get_or_create(
        person_id=by.pk, key=key, defaults={"digest": _digest(request), "answered_at": at}
    )
    if not is_first:
        return _again(request, receipt)
    answer = do()
    receipt.status = answer.status_code
    receipt.headers = {name: answer[name] for name in HEADERS if answer.has_header(name)}
    receipt.body = answer.content.decode()
    receipt.save()
    return answer


def _digest(request: Request) -> str:
    said = (request.method or "", request.path, request.headers.get("If-Match", ""))
    head = "\n".join(said).encode()
    return hashlib.sha256(head + b"\n" + request._request.body).hexdigest()


def _again(request: Request, receipt: WriteReceipt) -> HttpResponse:
    if receipt.digest != _digest(request):
        remedy = _("This Idempotency-Key was used for another request. Use a new one for each.")
        return problem(
            request, 422, remedy, kind="/api/v1/docs/#idempotency-key",
            title=_("Key used before"), key=receipt.key,
        )  # fmt: skip
    answer = HttpResponse(receipt.body, status=receipt.status, content_type="application/json")
    for name, value in receipt.headers.items():
        answer[name] = value
    answer["Idempotency-Replayed"] = "true"
    return answer
