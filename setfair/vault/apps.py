from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "setfair.vault"
    default_auto_field = "django.db.models.BigAutoField"
