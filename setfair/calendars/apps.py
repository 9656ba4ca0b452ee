from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "setfair.calendars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import listeners

        listeners.connect()
