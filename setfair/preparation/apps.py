from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "setfair.preparation"
    default_auto_field = "django.db.models.BigAutoField"
