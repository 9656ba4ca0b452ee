from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "setfair.voices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import along as places
        from setfair.preparation import beside, home

        from . import along
        from .cards import beside_the_person, own_card, words_beside, words_card

        places.register(along.carry)
        for card in (own_card, words_card):
            home.register_card(home.MORE, card)
        for maker in (beside_the_person, words_beside):
            beside.register(maker)
