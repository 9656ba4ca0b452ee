from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "setfair.referrals"
    default_auto_field = "django.db.models.BigAutoField"
