from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from setfair.letters.actions import Words
from setfair.programmes import wording

from .models import Alarm

NOW = wording.letter(
    "alarm",
    _("To the team, when somebody is not safe"),
    _("Please open this now"),
    _("It cannot wait. Somebody needs you now. Please open {link}. {programme}"),
    fields=("programme", "link"),
)


def now(alarm: Alarm) -> Words:
    """Says that it cannot wait, and neither who nor what. The same words go by e-mail and as a text."""
    return NOW.words(programme=alarm.programme.short_name, link=f"{settings.SITE_ADDRESS}{reverse('alarm_read', args=[alarm.pk])}")
