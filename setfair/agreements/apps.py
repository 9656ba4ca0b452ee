from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "setfair.agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import brought, home, listeners, table

        listeners.connect()
        home.register()
        table.register()
        brought.register()
