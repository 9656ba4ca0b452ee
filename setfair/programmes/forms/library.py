from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models.library import KINDS


class GoodPromiseForm(forms.Form):
    what = forms.CharField(label=_("What is done"), max_length=200, help_text=_("One sentence that fits many cases. It names nobody."))
    done = forms.CharField(label=_("What done looks like"), max_length=200, help_text=_("What somebody can see, hear or hold in their hand."))
    kind = forms.ChoiceField(label=_("What kind of thing it is"), choices=KINDS)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
