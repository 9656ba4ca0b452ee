from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "setfair.outcomes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import home, listeners

        home.register()
        listeners.connect()
