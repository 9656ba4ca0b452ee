from django.apps import AppConfig


class FacilitatorsConfig(AppConfig):
    name = "setfair.facilitators"
    default_auto_field = "django.db.models.BigAutoField"
