from django.apps import AppConfig


class RestitutionConfig(AppConfig):
    name = "setfair.restitution"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.agreements import alongside

        from . import home, listeners, shown

        home.register()
        listeners.connect()
        alongside.register(shown.money_of)
