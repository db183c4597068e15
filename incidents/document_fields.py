"""Fields of the documented answers: text, text that may be missing, whole numbers, amounts."""

from typing import Any

from rest_framework import serializers as s


def text(**more: Any) -> s.Field:
    return s.CharField(allow_blank=True, **more)


def maybe_text() -> s.Field:
    return s.CharField(allow_blank=True, allow_null=True)


def number() -> s.Field:
    return s.IntegerField(allow_null=True)


def amount() -> s.Field:
    return s.FloatField(allow_null=True)
