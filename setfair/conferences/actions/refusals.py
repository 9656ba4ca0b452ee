"""What refuses: in the words that the page shows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..models import ScriptHand


class CannotConvene(Exception):
    """The circle cannot begin; `sentences` say why, one for each thing that is missing."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class CannotGoOn(Exception):
    """This cannot be done in a circle that stands where it stands; the sentence says why."""


class InAnothersHand(CannotGoOn):
    """Somebody else holds the script, and is named."""

    def __init__(self, held: ScriptHand) -> None:
        super().__init__(_("%(name)s has the script. Take it, then turn the page.") % {"name": held.user.get_short_name()})
