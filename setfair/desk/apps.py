from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "setfair.desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.planning.queries.waiting import register

        from .prepared import lacking

        register(lacking)
