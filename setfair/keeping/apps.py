from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "setfair.keeping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.files import staying

        from .queries import is_held

        staying.register(is_held)
