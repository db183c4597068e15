"""OpenAPI details."""

from drf_spectacular.openapi import AutoSchema


class ProblemAutoSchema(AutoSchema):
    """Documents the problem answers of every operation."""
