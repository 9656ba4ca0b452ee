from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "setfair.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.vault import rotation

        from . import traces

        rotation.also(traces.make_anew)
