"""What somebody needs on the day, and whether it is arranged."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import Within
from setfair.vault.fields import SealedText

from .fact import Fact

INTERPRETING = ("interpreter", "sign", "relay")
"""Kinds of which each is done by a person, who has a place in the circle for it."""

GIVEN_BY_A_ROOM = ("step_free", "loop")
"""Kinds that a room has or has not: while one of them is needed, no other room is booked, so nobody has to arrange it."""

LANGUAGES = (
    ("am", _("Amharic")), ("ar", _("Arabic")), ("bn", _("Bengali")), ("zh", _("Chinese")), ("en", _("English")), ("fr", _("French")),
    ("ht", _("Haitian Creole")), ("hi", _("Hindi")), ("hmn", _("Hmong")), ("ko", _("Korean")), ("fa", _("Persian")), ("pl", _("Polish")),
    ("pt", _("Portuguese")), ("ru", _("Russian")), ("so", _("Somali")), ("es", _("Spanish")), ("sw", _("Swahili")), ("tl", _("Tagalog")),
    ("uk", _("Ukrainian")), ("ur", _("Urdu")), ("vi", _("Vietnamese")), ("ase", _("American Sign Language")),
    ("mfs", _("Mexican Sign Language")), ("oth", _("another language")),
)  # fmt: skip


class Arrangement(Fact):
    """One thing that somebody needs on the day: needed, arranged, or not needed after all. Of each kind the latest counts.

    Arranged for one day (`for_day`) it is needed anew when the day moves; without a day
    it is there whatever the day. Whoever interprets stands in the circle for it, and is
    no relative and no friend of anybody here: the database keeps no booking without that word.
    """

    class Kind(models.TextChoices):
        SPOKEN = "interpreter", _("an interpreter")
        SIGN = "sign", _("a sign language interpreter")
        RELAY = "relay", _("a relay interpreter")
        STEP_FREE = "step_free", _("a way in without steps")
        LOOP = "loop", _("a hearing loop")
        ACCESS = "access", _("a way in, a seat, light or sound")
        ROOM = "room", _("a quiet room beside")
        TRANSPORT = "transport", _("a way to get here")
        CHILDCARE = "childcare", _("somebody for the children")
        FOOD = "food", _("food or drink")

    class State(models.TextChoices):
        NEEDED = "needed", _("needed")
        BOOKED = "booked", _("arranged")
        NOT_NEEDED = "not_needed", _("not needed")

    participation = Within(Participation, models.CASCADE, related_name="arrangements")
    kind = models.CharField(_("what"), max_length=11, choices=Kind)
    state = models.CharField(_("how it stands"), max_length=10, choices=State)
    for_day = models.DateField(_("for the day"), null=True)
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES, blank=True, default="")
    interpreter = Within(Participation, models.CASCADE, null=True, related_name="+")
    no_kin = models.BooleanField(_("no relative and no friend of anybody here"), default=False)
    words = SealedText(of="case_id", verbose_name=_("what exactly"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interpreter__isnull=True) | Q(kind__in=INTERPRETING, state="booked", no_kin=True), name="arrangement_no_relative"
            ),
            models.CheckConstraint(condition=~Q(kind__in=INTERPRETING, state="booked") | Q(interpreter__isnull=False), name="arrangement_by_whom"),
        ]
