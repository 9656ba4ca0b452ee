from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "setfair.imports"
    default_auto_field = "django.db.models.BigAutoField"
