from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "setfair.exchanges"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import along as places
        from setfair.preparation.home import MORE, register_card

        from . import along
        from .home import card

        places.register(along.carry)
        register_card(MORE, card)
