from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "setfair.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.letters.gate import register

        from .gate import asked

        register(asked)
