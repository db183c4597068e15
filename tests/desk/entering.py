"""Ed before a plain form: what he sends, and what the page says."""

from incidents.models import Incident
from tests.desk.pages import fields

NEW = "/desk/incidents/new/"
KATI = {
    "title": "Assault on the army base at Kati",
    "type": "ARM-BAS",
    "country": "MLI",
    "when": "day",
    "date_start": "2022-07-22",
}


def save(client, values, path=NEW, **more):
    return client.post(path, KATI | values, **more)


def page(answer):
    """The page with single blanks, however its template is laid out."""
    return " ".join(answer.content.decode().split())


def only():
    return Incident.objects.get()


def sent_by(answer):
    """What a browser would send for the form of a page that nobody touched."""
    return fields(answer.content.decode(), "edition")


def wrong(answer):
    """What the page says is missing or not understood."""
    context = answer.context or {}
    return [one.text for name in ("complaints", "wanting") for one in context.get(name) or []]
