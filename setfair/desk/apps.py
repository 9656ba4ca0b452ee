from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "setfair.desk"
    default_auto_field = "django.db.models.BigAutoField"
