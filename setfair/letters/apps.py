from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "setfair.letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.vault import rotation

        from . import incoming

        rotation.also(incoming.seal_anew)
