from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "setfair.preparation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import shared
        from setfair.notes import unwanted
        from setfair.referrals import opened, progress
        from setfair.vault import rotation

        from . import new_here, way_back
        from .actions.sharing import show_status
        from .queries import wants_no_notes
        from .queries.public import public_steps

        progress.register(public_steps)
        opened.register(show_status)
        rotation.also(way_back.seal_anew)
        unwanted.register(wants_no_notes)
        shared.register(new_here.tell)
