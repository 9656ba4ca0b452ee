from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "setfair.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.vault import rotation

        from . import second_steps

        rotation.also(second_steps.seal_anew)
