from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "setfair.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in
        from allauth.mfa.models import Authenticator
        from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
        from django.db.models.signals import pre_delete

        from setfair.vault import rotation

        from . import devices, half_way, outside, second_step, second_steps

        pre_delete.connect(second_step.note_going, sender=Authenticator)
        authenticator_added.connect(devices.note_set_up)
        authenticator_removed.connect(second_step.note_removed)
        authenticator_used.connect(second_step.note_used)
        user_logged_in.connect(devices.note_sign_in)
        user_logged_in.connect(half_way.note_whole)
        rotation.also(second_steps.seal_anew)
        rotation.also(outside.seal_anew)
