"""The promise, as it is written at the table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.days import off_for_courts, off_for_school
from setfair.ui.forms import DayInput

from ..amounts import CURRENCIES, MOST_PARTS
from ..models import Item, ItemKind, Reach
from ..slips import digest_of
from ..terms import Terms, terms_of
from ..tongues import written_in

STORY = 50_000
EVERY = [(1, _("every week")), (2, _("every two weeks")), (4, _("every four weeks"))]
MORE = ("beside", "body", "amount", "currency", "parts", "hours", "checker", "if_hard", "reach")


class PromiseForm(forms.Form):
    """One promise of a draft. The choices are the people of this circle, and of its team. `edition` says which wording was opened, and `reads`
    with which spelling."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reads = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    what = forms.CharField(
        label=_("What"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One sentence. Begin with what is done.")
    )
    owed_to = forms.ChoiceField(label=_("For whom"), required=False)
    due_on = forms.DateField(label=_("By when"), widget=DayInput(), required=False)
    in_days = forms.IntegerField(label=_("Or in how many school days"), required=False, min_value=1, max_value=200)
    proof_wanted = forms.CharField(label=_("How we will know"), max_length=2_000, required=False)
    through = forms.TypedChoiceField(
        label=_("Who of the team passes it on"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Two here must have no contact. Between them somebody carries it."),
    )
    kind = forms.ChoiceField(label=_("What kind of thing it is"), required=False, choices=ItemKind.choices, initial=ItemKind.OTHER)
    beside = forms.MultipleChoiceField(label=_("Who does it together with them"), required=False, widget=forms.CheckboxSelectMultiple)
    body = forms.CharField(
        label=_("A school, an office or a group does it"),
        max_length=80,
        required=False,
        help_text=_("You answer for it, by name."),
    )
    amount = forms.DecimalField(label=_("How much money"), required=False, max_digits=9, decimal_places=2, min_value=Decimal("0.01"))
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=[("", _("Choose")), *((code, code) for code in CURRENCIES)])
    parts = forms.IntegerField(label=_("In how many parts"), required=False, min_value=1, max_value=MOST_PARTS)
    weeks = forms.TypedChoiceField(label=_("How often"), required=False, coerce=int, empty_value=1, choices=EVERY)
    hours = forms.IntegerField(label=_("How many hours"), required=False, min_value=1, max_value=500)
    checker = forms.ChoiceField(label=_("Who looks at it"), required=False)
    if_hard = forms.CharField(
        label=_("What if it is hard?"), max_length=2_000, required=False, help_text=_("Whom they can ask, and what happens then.")
    )

    reach = forms.ChoiceField(
        label=_("Who reads it"),
        required=False,
        choices=Reach.choices,
        initial=Reach.ALL,
        help_text=_("Those it concerns: who does it, for whom it is, who looks at it, and whoever decides for a young person."),
    )

    language = forms.ChoiceField(label=_("In which language it is written"), required=False, choices=settings.LANGUAGES)

    def __init__(self, *args: Any, circle: list[Participation], team: Mapping[UUID, User], apart: bool, school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.off = off_for_school if school else off_for_courts
        if not school:
            self.fields["in_days"].label = _("Or in how many working days")
        self.circle = {str(p.pk): p for p in circle}
        named = [(key, p.person.shown) for key, p in self.circle.items()]
        staff = [(str(pk), user.name) for pk, user in team.items()]
        self.fields["owner"].choices = [("", _("Choose")), *named]
        self.fields["owed_to"].choices = [("", _("Everyone")), *named]
        self.fields["beside"].choices = named
        self.fields["checker"].choices = [("", _("Nobody in particular")), (_("The team"), staff), (_("The circle"), named)]
        self.fields["through"].choices = [("", _("Nobody")), *staff]
        if not apart:
            del self.fields["through"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("in_days") and (not said.get("due_on") or "due_on" not in self.changed_data):
            said["due_on"] = clock.add_days(timezone.localdate(), said["in_days"], closed=self.off())
        if not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", self.fields["due_on"].error_messages["required"])
        if said.get("amount") and not said.get("currency"):
            self.add_error("currency", _("Please choose the currency too."))
        return said

    def promise(self) -> dict[str, Any]:
        """All that a promise is made of."""
        said = self.cleaned_data
        return {
            "owner": self.circle.get(said["owner"]),
            "owed_to": self.circle.get(said["owed_to"]),
            "what": said["what"],
            "due_on": said["due_on"],
            "proof_wanted": said["proof_wanted"],
            "through": said.get("through"),
            "terms": self._terms(said),
        }

    def _terms(self, said: dict[str, Any]) -> Terms:
        checker = self.circle.get(said["checker"])
        return Terms(
            kind=said["kind"] or ItemKind.OTHER,
            beside=tuple(self.circle[key] for key in said["beside"]),
            body=said["body"],
            amount=said["amount"],
            currency=said["currency"],
            parts=said["parts"] or 1,
            weeks=said["weeks"],
            hours=said["hours"],
            checker=checker,
            checker_staff=UUID(said["checker"]) if said["checker"] and checker is None else None,
            if_hard=said["if_hard"],
            reach=said["reach"] or self.initial.get("reach") or Reach.ALL,
            language=said["language"],
        )

    @property
    def says_more(self) -> bool:
        """Whether anything beyond the first lines is filled in, so that it stands open."""
        there = self.data if self.is_bound else self.initial
        return (
            self.is_bound
            and any(name in self.errors for name in MORE)
            or any(there.get(name) for name in MORE if name != "reach" or there.get(name) == Reach.SOME)
        )


def words_of(item: Item) -> dict[str, Any]:
    """What a form about this promise starts from."""
    terms = terms_of(item)
    names = ("what", "due_on", "proof_wanted", "edition", "kind", "body", "amount", "currency", "weeks", "hours", "if_hard", "reach")
    said: dict[str, Any] = {name: getattr(item, name) for name in names}
    said |= {"reads": digest_of(item)} | {name: str(getattr(item, f"{name}_id") or "") for name in ("owner", "owed_to")}
    said |= {
        "language": written_in(item),
        "through": str(item.through or ""),
        "parts": item.parts if item.parts > 1 else None,
        "beside": [str(p.pk) for p in terms.beside],
    }
    return said | {"checker": str(item.checker_id or item.checker_staff or "")}


class FirstForm(forms.Form):
    """Which side reads it first, where they do not meet and agree in turn."""

    first = forms.ChoiceField(label=_("Who reads it first?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sides: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = sides
