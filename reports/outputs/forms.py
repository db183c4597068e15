"""The forms of a report by name: what each is called, its media type, its writer."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.building import canonical
from reports.outputs import csv, pdf, text, word
from reports.outputs.document import Document


@dataclass(frozen=True)
class Form:
    """`ending` is that of the file, `label` what readers are offered."""

    ending: str
    media_type: str
    label: str | Promise
    write: Callable[[Document], bytes]

    @property
    def content_type(self) -> str:
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        return self.media_type + charset


def _json(document: Document) -> bytes:
    return canonical(document.content)


def _text(document: Document) -> bytes:
    return text.text(document).encode()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {
    "pdf": Form("pdf", "application/pdf", _("PDF"), pdf.pdf),
    "docx": Form("docx", WORD, _("Word (DOCX)"), word.word),
    "json": Form("json", "application/json", _("JSON"), _json),
    "csv": Form("zip", "application/zip", _("CSV of all tables (ZIP)"), csv.archive),
    "text": Form("txt", "text/plain", _("plain text"), _text),
}
BY_ENDING = {form.ending: form for form in FORMS.values()}
