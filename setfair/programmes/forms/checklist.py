"""The form on which one line of the checklist is written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..actions.checklist import LONGEST, OLDEST
from ..models import ChecklistItem
from ..models.checklist import ROLES, WAYS

SAID = "words_"


class ItemForm(forms.Form):
    """One line in each language; the programme's own first, and that one alone must be filled."""

    roles = forms.MultipleChoiceField(label=_("For whom?"), choices=ROLES, widget=forms.CheckboxSelectMultiple)
    ways = forms.MultipleChoiceField(
        label=_("Only where it is done in this way"),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: whatever the way."),
    )
    from_age = forms.IntegerField(label=_("From which age?"), required=False, min_value=1, max_value=OLDEST)
    below_age = forms.IntegerField(label=_("Below which age?"), required=False, min_value=1, max_value=OLDEST)
    needed = forms.BooleanField(
        label=_("It must be done before a day is booked"),
        required=False,
        help_text=_("Otherwise it is a good thing to have done. A coordinator can set it aside for somebody, with a reason."),
    )
    place = forms.TypedChoiceField(label=_("Where it stands in the list"), coerce=int)

    def __init__(self, *args: Any, language: str, places: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(settings.LANGUAGES, key=lambda one: one[0] != language)
        for code, name in named:
            words = _("What is to be done? (%(language)s)") % {"language": name}
            self.fields[SAID + code] = forms.CharField(label=words, max_length=LONGEST, required=code == language)
        self.fields["place"].choices = [(str(place), str(place)) for place in places]
        self.order_fields([SAID + code for code, _name in named])

    @classmethod
    def of(cls, item: ChecklistItem, **given: Any) -> Self:
        words = {SAID + code: line for code, line in item.words.items()}
        plain = {name: getattr(item, name) for name in ("roles", "ways", "from_age", "below_age", "needed", "place")}
        return cls(initial=words | plain, **given)

    def facts(self) -> dict[str, Any]:
        words = {name.removeprefix(SAID): value for name, value in self.cleaned_data.items() if name.startswith(SAID)}
        return {"words": words} | {name: value for name, value in self.cleaned_data.items() if not name.startswith(SAID)}
