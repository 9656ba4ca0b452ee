from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "setfair.conferences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import home, listeners

        listeners.connect()
        home.register()
