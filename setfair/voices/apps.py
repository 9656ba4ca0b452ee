from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "setfair.voices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.preparation import beside, home

        from .cards import beside_the_person, own_card

        home.register_card(home.MORE, own_card)
        beside.register(beside_the_person)
