from django.apps import AppConfig


class EnclosuresConfig(AppConfig):
    name = "setfair.enclosures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.referrals import enclosed

        from . import queries

        enclosed.register(queries.came_with)
