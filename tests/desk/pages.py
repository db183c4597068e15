"""Reads a form of a page as a browser would send it."""

import re
from html.parser import HTMLParser

CONTROL = re.compile(r"<(?:input|select|textarea|button)\b[^>]*>")


class Fields(HTMLParser):
    """Names and values of the fields of the form that holds a field called `marker`."""

    def __init__(self, html: str, marker: str) -> None:
        super().__init__()
        self.marker, self.forms = marker, []
        self.name, self.select, self.text = "", "", None
        self.feed(html)
        self.data = next(form for form in self.forms if marker in dict(form))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        if not self.forms or "disabled" in at:
            return
        if tag == "input" and at.get("name"):
            kind = at.get("type", "text")
            if kind in ("submit", "button", "image", "file"):
                return
            if kind not in ("checkbox", "radio") or "checked" in at:
                on = "on" if kind in ("checkbox", "radio") else ""
                self.forms[-1].append((at["name"], at.get("value", on)))
        elif tag == "select":
            self.select = at.get("name", "")
        elif tag == "option" and self.select and "selected" in at:
            self.forms[-1].append((self.select, at.get("value", "")))
        elif tag == "textarea" and at.get("name"):
            self.name, self.text = at["name"], ""

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self.forms[-1].append((self.name, self.text.removeprefix("\n")))
            self.text = None
        elif tag == "select":
            self.select = ""


def fields(html: str, marker: str) -> dict[str, list[str]]:
    """What the form with a field called `marker` would send."""
    sent: dict[str, list[str]] = {}
    for name, value in Fields(html, marker).data:
        sent.setdefault(name, []).append(value)
    return sent


def shown(html: str) -> set[str]:
    """Names of the controls of a page that somebody can use."""
    usable = [tag for tag in CONTROL.findall(html) if not re.search(r"\sdisabled\b", tag)]
    return {match[1] for tag in usable if (match := re.search(r'\sname="([^"]+)"', tag))}
