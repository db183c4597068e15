"""How an answer is written: `format=` decides; else `Accept` must allow what we have."""

from collections.abc import Sequence
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class FormatNegotiation(DefaultContentNegotiation):
    """DRF's negotiation, except that an explicit `format` outranks `Accept`."""

    def select_renderer(
        self,
        request: Request,
        renderers: Sequence[BaseRenderer],  # type: ignore[override]
        format_suffix: str | None = None,
    ) -> Any:
        if "format" in request.query_params:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)

    def get_accept_list(self, request: Request) -> list[str]:
        """Media types that the caller accepts; an empty header names none, and so refuses none.

        What an action writes besides plain JSON (`also_writes` of its view) is accepted as JSON.
        """
        if not request.META.get("HTTP_ACCEPT"):
            return ["*/*"]
        accepted = super().get_accept_list(request)
        view = request.parser_context["view"]
        also = getattr(view, "also_writes", {}).get(getattr(view, "action", None))
        return [*accepted, "application/json"] if also in accepted else accepted
