from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "setfair.keeping"
    default_auto_field = "django.db.models.BigAutoField"
