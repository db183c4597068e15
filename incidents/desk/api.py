"""The write API for contributors' tools: drafts, with the verbs and rules of the desk."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.viewsets import ViewSet

from accounts.models import User
from core.constraint_messages import explain
from core.problems import problem
from incidents import drafting, workflow
from incidents.access import visible
from incidents.desk import answers, editions
from incidents.desk.callers import AUTHENTICATION, MayWrite, acting
from incidents.desk.documented import attaching, creating, reading, replacing, submitting
from incidents.desk.receipts import once
from incidents.drafting.draft import DraftCitation
from incidents.drafting.wire import part_from_json
from incidents.models import Incident

PUBLIC_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}", re.ASCII)


class DeskIncidentViewSet(ViewSet):
    """Drafts of the caller; for editors every incident of the desk in their countries."""

    authentication_classes = AUTHENTICATION
    permission_classes = (MayWrite,)
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if unknown := list(request.query_params):
            said = _("%(names)s: not known. This address takes no parameters.")
            raise ParseError(said % {"names": ", ".join(unknown)[:80]})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        # What the desk says to one caller is kept by nobody in between.
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Accept, Accept-Language, Authorization, Cookie"
        return response

    @creating
    def create(self, request: Request) -> HttpResponse:
        """Begin a draft."""

        def do(by: User, sent: Any) -> HttpResponse:
            made = drafting.create(drafting.from_json(sent), by=by, at=timezone.now())
            return answers.document(made, by, 201)

        return _write(request, do)

    @reading
    def retrieve(self, request: Request, public_id: str) -> HttpResponse:
        """The document as the desk has it, with its ETag."""
        by = acting(request)
        return answers.document(_one(public_id, by), by)

    @replacing
    def update(self, request: Request, public_id: str) -> HttpResponse:
        """Replace the whole document; a field that is left out gets its default."""

        def do(by: User, sent: Any) -> HttpResponse:
            incident = _one(public_id, by, lock=True)
            if wrong := editions.mismatch(request, incident):
                return wrong
            return answers.document(_save(incident, drafting.from_json(sent), by), by)

        return _write(request, do)

    @submitting
    def submit(self, request: Request, public_id: str) -> HttpResponse:
        """Hand the draft to review."""

        def do(by: User, sent: Any) -> HttpResponse:
            incident = _one(public_id, by, lock=True)
            if wrong := editions.mismatch(request, incident):
                return wrong
            if sent not in (None, {}):
                return answers.refused(request, {".": _("Send no body, or {}.")}, sent)
            draft = drafting.read(incident)
            if lacks := drafting.problems(draft, by=by):
                return answers.refused(request, lacks, drafting.to_json(draft), 409)
            return answers.document(workflow.submit(incident, by=by, at=timezone.now()), by)

        return _write(request, do)

    @attaching
    def attach(self, request: Request, public_id: str) -> HttpResponse:
        """Cite one more document, known or new."""

        def do(by: User, sent: Any) -> HttpResponse:
            incident = _one(public_id, by, lock=True)
            if wrong := editions.mismatch(request, incident):
                return wrong
            cited = part_from_json(DraftCitation, sent, "")
            draft = drafting.read(incident)
            draft = dataclasses.replace(draft, citations=(*draft.citations, cited))
            prefix = f"citations.{len(draft.citations) - 1}"
            try:
                return answers.document(_save(incident, draft, by), by, 201)
            except drafting.DraftRefused as refused:
                raise drafting.DraftRefused(_below(refused.problems, prefix)) from None

        return _write(request, do)


def _below(problems: dict[str, str], prefix: str) -> dict[str, str]:
    """Problems of one part by their paths within it."""
    return {
        (path.removeprefix(prefix).lstrip(".") or ".") if path.startswith(prefix) else path: said
        for path, said in problems.items()
    }


def _one(public_id: str, by: User, *, lock: bool = False) -> Incident:
    """The incident, or a 404 that is the same for what is not there and what `by` may not see."""
    found = None
    if PUBLIC_ID.fullmatch(public_id):
        rows = visible(by).filter(public_id=public_id)
        found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound(_("There is no such incident among those that you may see."))
    return found


def _save(incident: Incident, draft: drafting.Draft, by: User) -> Incident:
    return drafting.save(
        incident.public_id, draft, by=by, at=timezone.now(), edition=incident.edition
    )


def _write(request: Request, do: Callable[[User, Any], HttpResponse]) -> HttpResponse:
    """Do one write for the caller, once for each key; refusals become problems."""
    by = acting(request)
    sent: Any = None
    try:
        body = request._request.body
        sent = request.data if body.strip() else None
        return once(request, by, timezone.now(), lambda: do(by, sent))
    except RequestDataTooBig:
        return problem(request, 413, _("The document is too large; send at most 2.5 MB."))
    except RecursionError:
        return problem(request, 400, _("The document is nested too deeply."))
    except drafting.DraftRefused as refused:
        return answers.refused(request, refused.problems, sent)
    except drafting.EditConflict as conflict:
        return editions.stale(request, conflict.current)
    except (drafting.EditRefused, workflow.TransitionRefused) as refused:
        return problem(request, 409, str(refused))
    except IntegrityError as error:
        return problem(request, 409, explain(error, Incident).message)
