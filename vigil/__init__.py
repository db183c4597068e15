"""The top of the house: settings, urls, API router, Celery app, system checks, local services."""

__version__ = "0.1.0"
