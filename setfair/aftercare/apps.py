from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "setfair.aftercare"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.agreements import alongside

        from . import listeners, shown

        listeners.connect()
        alongside.register(shown.next_calls)
        alongside.register(shown.who_is_beside)
