from django.apps import AppConfig


class VigilConfig(AppConfig):
    name = "vigil"

    def ready(self) -> None:
        # Registers the system checks and makes `shared_task` find our Celery app in every process.
        from vigil import celery, checks  # noqa: F401
