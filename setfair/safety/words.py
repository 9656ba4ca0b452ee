"""What a programme says in its own words where somebody is not safe."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from setfair.programmes import wording
from setfair.programmes.models import Programme

OTHER_NUMBERS = wording.word("danger_help", _("Other numbers to call in danger (name and phone), one a line"))


def other_numbers(programme: Programme) -> list[str]:
    """Local help beside the number for emergencies, in the reader's language or else the programme's; none when none was named."""
    said = wording.own("danger_help")
    if not said:
        with translation.override(programme.language):
            said = wording.own("danger_help")
    return [line.strip() for line in said.splitlines() if line.strip()]
