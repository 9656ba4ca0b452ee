from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from setfair.letters.actions import Words
from setfair.preparation.letters import code_page
from setfair.programmes import wording
from setfair.programmes.models import Programme

SHEET = wording.letter(
    "sheet",
    _("To somebody whose questions are ready to read"),
    _("Something to read"),
    _("Hi, there is something to read on your page at {programme}. Open {link} and type your code, or call {phone}."),
    fields=("programme", "link", "phone"),
)


def something_to_read(programme: Programme) -> Words:
    """Says that there is something to read, and not what."""
    return SHEET.words(programme=programme.short_name, link=code_page(), phone=programme.phone or programme.room)
