"""A promise in another language, for those who read that."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from .item import Item


class Translation(Walled):
    """The words of one promise as the team put them into another language. Of several in one language the latest counts; without words it
    takes the one before back.

    It helps to read. What is signed, and holds, are the words as they were written. It counts for the wording (`edition`) it was made of and for
    no other. `interpreter` is who of this circle interprets and gave the words; `by` is who of the team wrote them down.
    """

    item = Within(Item, models.CASCADE, related_name="translations")
    interpreter = Within(Participation, models.CASCADE, null=True, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    edition = models.PositiveSmallIntegerField()
    what = SealedText(of="case_id", verbose_name=_("what"))
    proof_wanted = SealedText(of="case_id", verbose_name=_("how we will know"))
    if_hard = SealedText(of="case_id", verbose_name=_("what if it is hard"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["programme", "item", "language", "-at"], name="translation_latest")]
