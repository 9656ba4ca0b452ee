from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "setfair.desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.planning.queries.waiting import register
        from setfair.restitution import quiet

        from .prepared import lacking
        from .restitution_today import wants_no_news

        register(lacking)
        quiet.register(wants_no_news)
