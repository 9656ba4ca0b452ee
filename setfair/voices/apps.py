from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "setfair.voices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import along as places
        from setfair.preparation import beside, home

        from . import along
        from .cards import beside_the_person, own_card

        places.register(along.carry)
        home.register_card(home.MORE, own_card)
        beside.register(beside_the_person)
