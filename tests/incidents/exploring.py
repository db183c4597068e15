"""What tests of the explorer share: three attacks, and what a page says of them."""

import re

from tests import make


def three_attacks():
    """Two attacks in Mali by JNIM, one in Kenya by Al-Shabaab."""
    made = []
    for iso3, slug, day in (
        ("MLI", "jnim", "2022-07-22"), ("MLI", "jnim", "2023-01-02"),
        ("KEN", "al-shabaab", "2022-09-21"),
    ):  # fmt: skip
        which = make.incident(iso3=iso3, day=day, title=f"Attack of {day}")
        make.part(which, slug)
        made.append(make.through_the_door(which))
    return made


def text(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def facet(response, name):
    return next(one for one in response.context["panel"].facets if one.name == name)


def counts(response, name):
    return {choice.label: choice.incidents for choice in facet(response, name).choices}
