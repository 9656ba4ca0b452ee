from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "setfair.outcomes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.agreements import alongside

        from . import home, listeners, shown

        home.register()
        listeners.connect()
        alongside.register(shown.who_hears)
