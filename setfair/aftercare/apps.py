from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "setfair.aftercare"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.agreements import beside

        from . import listeners, shown

        listeners.connect()
        beside.register(shown.next_calls)
        beside.register(shown.who_is_beside)
