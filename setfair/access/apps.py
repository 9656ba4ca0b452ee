from django.apps import AppConfig
from django.contrib.auth import user_logged_in
from django.db.backends.signals import connection_created


class AccessConfig(AppConfig):
    name = "setfair.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import entry, guard

        connection_created.connect(guard.on_connection)
        user_logged_in.connect(entry.begin_anew)
        user_logged_in.connect(entry.note_offers)
