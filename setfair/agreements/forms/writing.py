"""The promise, as it is written at the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.ui.forms import DayInput

from ..models import Item

STORY = 50_000


class PromiseForm(forms.Form):
    """One promise of a draft. The choices are the people of this circle."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    owner = forms.ChoiceField(label=_("Who does it"))
    what = forms.CharField(
        label=_("What"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One sentence. Begin with what is done.")
    )
    owed_to = forms.ChoiceField(label=_("For whom"), required=False)
    due_on = forms.DateField(label=_("By when"), widget=DayInput())
    proof_wanted = forms.CharField(label=_("How we will know"), max_length=2_000, required=False)
    through = forms.TypedChoiceField(
        label=_("Who of the team passes it on"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Two here must have no contact. Between them somebody carries it."),
    )

    def __init__(self, *args: Any, circle: list[Participation], carry: Mapping[UUID, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if carry:
            self.fields["through"].choices = [("", _("Nobody")), *((str(pk), user.name) for pk, user in carry.items())]
        else:
            del self.fields["through"]
        self.circle = {str(p.pk): p for p in circle}
        named = [(key, p.person.shown) for key, p in self.circle.items()]
        self.fields["owner"].choices = [("", _("Choose")), *named]
        self.fields["owed_to"].choices = [("", _("Everyone")), *named]

    def promise(self) -> dict[str, Any]:
        """All that a promise is made of."""
        said = self.cleaned_data
        return {
            "owner": self.circle[said["owner"]],
            "owed_to": self.circle.get(said["owed_to"]),
            "what": said["what"],
            "due_on": said["due_on"],
            "proof_wanted": said["proof_wanted"],
            "through": said.get("through"),
        }


def words_of(item: Item) -> dict[str, Any]:
    """What a form about this promise starts from."""
    owed_to, through = str(item.owed_to_id or ""), str(item.through or "")
    said = {"owner": str(item.owner_id), "owed_to": owed_to, "what": item.what, "due_on": item.due_on, "proof_wanted": item.proof_wanted}
    return said | {"through": through}


class FirstForm(forms.Form):
    """Which side reads it first, where they do not meet and agree in turn."""

    first = forms.ChoiceField(label=_("Who reads it first?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sides: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = sides
