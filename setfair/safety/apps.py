from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "setfair.safety"
    default_auto_field = "django.db.models.BigAutoField"
