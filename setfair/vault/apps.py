from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "setfair.vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import rotation, sessions

        rotation.also(sessions.seal_anew)
