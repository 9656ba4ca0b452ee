from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Referral
from .screening import Entry

FOR_STAFF_ALONE = ("source", "asker", "others_know", "deadline")
"""What a student is not asked when they bring a request: who they are is known, and the rest is for the coordinator to find out."""


class Brought(Entry):
    """What a student of the peer team writes down on somebody's behalf, in that person's words."""

    slug = "brought"

    def adapt(self) -> None:
        super().adapt()
        for name in FOR_STAFF_ALONE:
            del self.fields[name]
        whom = self.fields["for_whom"]
        whom.label, whom.required = _("For whom do you ask?"), True
        whom.help_text = _("Their first name, or a few words.")
        whom.error_messages["required"] = _("Please write a name, or a few words.")
        self.fields["none"].label = _("Do not contact them. They come back with the code.")

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"source": Referral.Source.TEAM}
