from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "setfair.village"
    default_auto_field = "django.db.models.BigAutoField"
