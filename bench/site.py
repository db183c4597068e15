"""The site as gunicorn serves it, with static files by their own names: no `collectstatic`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.settings")

from django.conf import settings

settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

from vigil.wsgi import application  # noqa: E402

__all__ = ["application"]
