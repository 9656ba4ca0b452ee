from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "setfair.exchanges"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.preparation.home import MORE, register_card

        from .home import card

        register_card(MORE, card)
