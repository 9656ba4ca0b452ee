from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "setfair.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator
        from allauth.mfa.signals import authenticator_removed, authenticator_used
        from django.db.models.signals import post_save

        from . import second_step

        post_save.connect(second_step.note_added, sender=Authenticator)
        authenticator_removed.connect(second_step.note_removed)
        authenticator_used.connect(second_step.note_used)
