"""The public API: every noun's addresses, its OpenAPI document and its pages of documentation."""

from typing import Any

from django.shortcuts import render
from django.urls import path, reverse
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from actors.api import ActorViewSet
from core.api import SearchViewSet
from core.viewsets import PublicViewSet
from exchange.api import ReleaseViewSet
from incidents.api import IncidentViewSet
from incidents.campaigns.api import CampaignViewSet, TypeViewSet
from incidents.desk.api import DeskIncidentViewSet
from regions.api import AreaViewSet, BodyViewSet, CountryViewSet, MissionViewSet
from reports.api import ReportViewSet
from sources.api import SourceViewSet

app_name = "api"

NOUNS: dict[str, Any] = {
    "actors": ActorViewSet,
    "countries": CountryViewSet,
    "areas": AreaViewSet,
    "bodies": BodyViewSet,
    "missions": MissionViewSet,
    "campaigns": CampaignViewSet,
    "types": TypeViewSet,
    "sources": SourceViewSet,
    "reports": ReportViewSet,
    "releases": ReleaseViewSet,
}


class RootViewSet(PublicViewSet):
    """Where everything is."""

    documents = {"list": {"type": "object", "additionalProperties": {"type": "string"}}}

    def list(self, request: Request) -> Response:
        """The address of every list."""
        names = ["incident-list", "incident-changes", *(f"{noun}-list" for noun in NOUNS)]
        names += ["search", "schema", "docs"]
        return Response(
            {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in names}
        )


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """The OpenAPI 3 document, as YAML or JSON (`Accept` decides)."""

    renderer_classes = [OpenApiYamlRenderer, OpenApiJsonRenderer]


def docs(request: Any) -> Any:
    """Every operation of the API, to read and to try, from our own files only."""
    return render(request, "core/api_docs.html", {"schema": reverse("api:schema")})


def get(viewset: Any, action: str) -> Any:
    return viewset.as_view({"get": action})


urlpatterns = [
    path("", get(RootViewSet, "list"), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("search/", get(SearchViewSet, "list"), name="search"),
    path("incidents/", get(IncidentViewSet, "list"), name="incident-list"),
    path("incidents/changes/", get(IncidentViewSet, "changes"), name="incident-changes"),
    path("incidents/facets/", get(IncidentViewSet, "facets"), name="incident-facets"),
    path("incidents/timeline/", get(IncidentViewSet, "timeline"), name="incident-timeline"),
    path("incidents/map/", get(IncidentViewSet, "map"), name="incident-map"),
    path("incidents/<str:public_id>/", get(IncidentViewSet, "retrieve"), name="incident-detail"),
    path(
        "incidents/<str:public_id>/versions/",
        get(IncidentViewSet, "versions"),
        name="incident-versions",
    ),
    path("desk/incidents/", DeskIncidentViewSet.as_view({"post": "create"}), name="desk-incidents"),
    path(
        "desk/incidents/<str:public_id>/",
        DeskIncidentViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="desk-incident",
    ),
    path(
        "desk/incidents/<str:public_id>/submit/",
        DeskIncidentViewSet.as_view({"post": "submit"}),
        name="desk-incident-submit",
    ),
    path(
        "desk/incidents/<str:public_id>/sources/",
        DeskIncidentViewSet.as_view({"post": "attach"}),
        name="desk-incident-sources",
    ),
    *(path(f"{noun}/", get(views, "list"), name=f"{noun}-list") for noun, views in NOUNS.items()),
    *(
        path(f"{noun}/<str:key>/", get(views, "retrieve"), name=f"{noun}-detail")
        for noun, views in NOUNS.items()
    ),
    path("actors/<str:key>/lineage/", get(ActorViewSet, "lineage"), name="actor-lineage"),
    path("bodies/<str:key>/members/", get(BodyViewSet, "members"), name="body-members"),
]
