from __future__ import annotations

from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Phase, Script
from ..scripts import WAYS
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


OF_A_PAGE = ("title", "phase", "asks", "words", "if_quiet", "if_upset", "if_blame", "helps", "shared_before")


class PageForm(forms.Form):
    key = forms.SlugField(max_length=20, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=80)
    phase = forms.ChoiceField(label=_("Part of the hour"), choices=[("", _("None of these")), *Phase.choices], required=False)
    asks = forms.ChoiceField(label=_("Whom it asks"), choices=ASKS, required=False)
    words = forms.CharField(label=_("What to say"), max_length=4000, widget=Area(4))
    if_quiet = forms.CharField(label=_("If it goes quiet"), max_length=4000, required=False, widget=Area(2))
    if_upset = forms.CharField(label=_("If somebody is upset"), max_length=4000, required=False, widget=Area(2))
    if_blame = forms.CharField(label=_("If blame starts"), max_length=4000, required=False, widget=Area(2))
    helps = forms.CharField(label=_("What helps"), max_length=4000, required=False, widget=Area(2))
    shared_before = forms.BooleanField(label=_("People see this question in advance"), required=False)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OF_A_PAGE}


class _Pages(forms.BaseFormSet):  # type: ignore[type-arg]
    def kept(self) -> list[dict[str, Any]]:
        """The pages in their new order, without those left empty or taken out; a key that comes twice counts once."""
        written = [form for form in self.ordered_forms if form.cleaned_data.get("title")]
        keys = [form.cleaned_data["key"] for form in written]
        return [
            form.facts() | ({"key": key} if key and key not in keys[:at] else {}) for at, (form, key) in enumerate(zip(written, keys, strict=True))
        ]

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
        return cls(pages=[{name: getattr(page, name) for name in ("key", *OF_A_PAGE)} for page in script.pages.all()])

    def clean(self) -> dict[str, Any]:
        if not self.pages.is_valid():
            self.add_error(None, _("Please look at the pages below: one of them is not complete."))
        return self.cleaned_data


class NewScriptForm(forms.Form):
    """A script is never begun on an empty page: it begins as a copy."""

    name = forms.CharField(label=_("Name"), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    way = forms.ChoiceField(label=_("What it is for"), choices=[(way.value, way.label) for way in WAYS], required=False)
