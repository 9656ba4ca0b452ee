from __future__ import annotations

from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Script
from .facts import Area

MOST_PAGES = 60
ASKS = [
    ("", _("Nobody: words for everyone to hear")),
    ("everyone", _("Everyone in turn")),
    ("responsible", _("Person responsible")),
    ("harmed", _("Person harmed")),
    ("affected", _("Affected by it")),
    ("supporter", _("Support person")),
    ("guardian", _("Parent or guardian")),
    ("community", _("Community member")),
]


class PageForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    asks = forms.ChoiceField(label=_("Whom it asks"), choices=ASKS, required=False)
    words = forms.CharField(label=_("What to say"), max_length=4000, widget=Area(4))
    helps = forms.CharField(label=_("If it goes quiet"), max_length=4000, required=False, widget=Area(2))
    shared_before = forms.BooleanField(label=_("People see this question in advance"), required=False)

    def facts(self) -> dict[str, Any]:
        names = ("title", "asks", "words", "helps", "shared_before")
        return {name: self.cleaned_data[name] for name in names}


class _Pages(forms.BaseFormSet):  # type: ignore[type-arg]
    def kept(self) -> list[dict[str, Any]]:
        """The pages in their new order, without those left empty or taken out."""
        return [form.facts() for form in self.ordered_forms if form.cleaned_data.get("title")]

    def add_fields(self, form: PageForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Take this page out")


PagesForm = forms.formset_factory(
    PageForm, formset=_Pages, extra=1, can_order=True, can_delete=True, max_num=MOST_PAGES, absolute_max=MOST_PAGES + 10, validate_max=True
)


class ScriptForm(forms.Form):
    """Every page of a script, and an empty one for the next."""

    def __init__(self, data: Any = None, *, pages: list[dict[str, Any]] | None = None) -> None:
        super().__init__(data)
        self.pages = PagesForm(data, initial=pages)

    @classmethod
    def of(cls, script: Script) -> Self:
        names = ("title", "asks", "words", "helps", "shared_before")
        return cls(pages=[{name: getattr(page, name) for name in names} for page in script.pages.all()])

    def clean(self) -> dict[str, Any]:
        if not self.pages.is_valid():
            self.add_error(None, _("Please look at the pages below: one of them is not complete."))
        return self.cleaned_data


class NewScriptForm(forms.Form):
    """A script is never begun on an empty page: it begins as a copy."""

    name = forms.CharField(label=_("Name"), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
