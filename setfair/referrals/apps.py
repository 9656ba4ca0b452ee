from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "setfair.referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.access.language import OF_BEARER
        from setfair.accounts.models import Pass
        from setfair.letters import ends
        from setfair.letters.gate import register
        from setfair.vault import rotation

        from . import alike, gate, kept_from, kept_out, office, queries
        from .ending import end_address

        register(gate.asked)
        rotation.also(alike.make_anew)
        kept_from.register(kept_out.of_this_one)
        ends.register(closer=end_address)
        OF_BEARER[Pass.Bearer.REFERRAL] = queries.language_of
        OF_BEARER[Pass.Bearer.OFFICE] = office.language_of
