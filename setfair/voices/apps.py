from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "setfair.voices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import along as places
        from setfair.cases import told
        from setfair.preparation import beside, home
        from setfair.preparation.queries.progress import register as register_tasks

        from . import along, companions
        from .cards import (
            beside_the_person,
            companions_beside,
            companions_card,
            for_another_card,
            own_card,
            stand_in_beside,
            stand_in_card,
            to_be_met,
            words_beside,
            words_card,
        )

        places.register(along.carry)
        register_tasks(to_be_met)
        told.register(companions.told)
        for card in (own_card, words_card, companions_card, stand_in_card, for_another_card):
            home.register_card(home.MORE, card)
        for maker in (beside_the_person, words_beside, companions_beside, stand_in_beside):
            beside.register(maker)
