from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "setfair.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_removed, authenticator_used

        from . import second_step

        authenticator_removed.connect(second_step.note_removed)
        authenticator_used.connect(second_step.note_used)
