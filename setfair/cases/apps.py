from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "setfair.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import listeners

        listeners.connect()
