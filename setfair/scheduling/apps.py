from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "setfair.scheduling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.preparation.home import WHEN, register_card

        from . import home, listeners

        register_card(WHEN, home.card_of)
        listeners.connect()
