from django.apps import AppConfig


class TalliesConfig(AppConfig):
    name = "setfair.tallies"
    default_auto_field = "django.db.models.BigAutoField"
