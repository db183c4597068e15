from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Tells `core.health` how to look after the work.
        from reports.operations import alarms  # noqa: F401
