from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "setfair.preparation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import along as places
        from setfair.cases import shared
        from setfair.notes import unwanted
        from setfair.referrals import opened, progress
        from setfair.vault import rotation

        from . import along, home_of_needs, new_here, watching, way_back
        from .actions.sharing import show_status
        from .home import MORE, register_card
        from .queries import arranging, barred, checklist, wants_no_notes
        from .queries.blockers import register as register_source
        from .queries.breaks import asked_for_time
        from .queries.progress import register as register_maker
        from .queries.public import public_steps
        from .queries.slips import not_compared
        from .queries.support import to_be_asked, unsupported

        places.register(along.carry)
        register_source(arranging.missing)
        register_maker(arranging.tasks)
        register_source(checklist.missing)
        register_maker(checklist.tasks)
        register_card(MORE, home_of_needs.card_of)
        register_source(asked_for_time)
        register_source(unsupported)
        register_source(not_compared)
        register_maker(to_be_asked)
        register_card(MORE, watching.card_of)
        register_card(MORE, watching.new_place)
        register_source(barred.conditions)
        progress.register(public_steps)
        opened.register(show_status)
        rotation.also(way_back.seal_anew)
        unwanted.register(wants_no_notes)
        shared.register(new_here.tell)
