from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled

KINDS = [
    ("words", _("words said")),
    ("letter", _("a letter")),
    ("repair", _("a repair")),
    ("time", _("time given")),
    ("payment", _("a payment")),
    ("learning", _("learning something")),
    ("contact", _("how we meet or keep away")),
    ("community", _("something for the community")),
    ("support", _("support")),
    ("reentry", _("coming back")),
    ("other", _("something else")),
]
"""Codes of `agreements`, which is a later floor; a test there holds them to each other."""


class GoodPromise(Walled):
    """A promise in good words to start from at the table, with what done looks like. It never changes; it can be taken out of use."""

    kind = models.CharField(_("what kind of thing it is"), max_length=9, choices=KINDS)
    language = models.CharField(_("language"), max_length=10)
    what = models.CharField(_("what is done"), max_length=200)
    done = models.CharField(_("what done looks like"), max_length=200)
    since = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "language", "what"], name="good_promise_once")]

    def __str__(self) -> str:
        return self.what
