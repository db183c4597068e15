"""What this room can find: documents, by title or publisher."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import prose
from core.search import Named, Names, register
from sources.choices import Protection
from sources.models import Document


def _rows() -> "QuerySet[Document]":
    """Documents that the list of sources shows; an anonymous source is no name to look for."""
    told = Document.objects.told().filter(protection=Protection.PUBLIC)
    return told.select_related("source")


def _show(document: Document) -> Named:
    day = document.published_from
    details = [
        document.source.name,
        prose.partial(day, document.published_precision) if day else "",
    ]
    return Named(str(document), reverse("sources:detail", args=[document.slug]), details)


register(
    Names(
        "source",
        _("Sources"),
        rows=_rows,
        columns=("title", "source__name"),
        show=_show,
        weight=0.82,
        grows=True,
    )
)
