from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "setfair.sheets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.preparation import beside, home
        from setfair.preparation.queries.progress import register as register_tasks

        from . import cards

        home.register_card(home.MORE, cards.own_card)
        beside.register(cards.beside_the_person)
        beside.register(cards.paper_beside_the_person)
        beside.register(cards.slip_beside_the_person)
        beside.register(cards.card_beside_the_person)
        register_tasks(cards.to_be_given)
