from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AccessConfig(AppConfig):
    name = "setfair.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import guard

        connection_created.connect(guard.on_connection)
