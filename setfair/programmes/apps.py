from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "setfair.programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.letters.gate import register

        from .glance import asked

        register(asked)
