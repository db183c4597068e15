from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each app says what its constraints mean; no room below may import the rooms above.
        autodiscover_modules("constraint_words")
        # And each says what a reader can find in it; by now every model is there.
        autodiscover_modules("search")
