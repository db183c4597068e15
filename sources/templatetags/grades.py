"""Admiralty grades with their meaning in words."""

from django import template

from core import prose
from sources.choices import Credibility, Reliability

register = template.Library()


@register.simple_tag
def grade_in_words(grade: str | None) -> str:
    """ "B: usually reliable; 2: probably true" for "B2"; empty for no grade."""
    if not grade:
        return ""
    words = [Reliability(grade[0]).label]
    if len(grade) > 1:
        words.append(Credibility(int(grade[1])).label)
    return prose.listed(words)


@register.inclusion_tag("components/_grade.html")
def grade(value: str | None) -> dict[str, str]:
    """A chip such as B2 (or a letter alone, for a publisher), explained on hover and aloud."""
    return {"grade": value or "", "meaning": grade_in_words(value)}


@register.simple_tag
def reliabilities() -> list[str]:
    """The meaning of every letter."""
    return [str(label) for label in Reliability.labels]


@register.simple_tag
def credibilities() -> list[str]:
    """The meaning of every digit."""
    return [str(label) for label in Credibility.labels]
