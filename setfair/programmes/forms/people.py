from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Role


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role, widget=forms.RadioSelect)
