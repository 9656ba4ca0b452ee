"""Which of our languages somebody is spoken to in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info

from setfair.core import tenant

from .models import Programme


def spoken(language: str) -> str:
    """This language if we speak it, else the programme's own, else the first of the house."""
    known = dict(settings.LANGUAGES)
    here = tenant.current()
    if language not in known and here is not None:
        language = Programme.objects.values_list("language", flat=True).get(pk=here)
    return language if language in known else settings.LANGUAGE_CODE


def named(language: str) -> str:
    """A language as those call it who speak it; its code where we do not know it."""
    return str(get_language_info(language)["name_local"]) if language in dict(settings.LANGUAGES) else language


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Write to a reader in their language, as far as we speak it."""
    with translation.override(spoken(language)):
        yield
