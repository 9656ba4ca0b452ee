from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions, wording
from setfair.programmes.forms.words import GlossaryForm, LetterForm
from setfair.programmes.models import Programme

from .saving import language_of, language_tabs, saved, status_of
from .wizard import onward, wizard


@door(Permission.CHANGE_SETTINGS)
def glossary(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What roles are called, in one language at a time."""
    language = language_of(request, programme)
    with translation.override(language):
        form = GlossaryForm(request.POST) if request.method == "POST" else GlossaryForm.of(language)
        if saved(form, lambda: actions.change_words(programme, by=request.actor, language=language, **form.change())):  # type: ignore[attr-defined]
            messages.success(request, _("Saved."))
            return redirect(onward(request, "words"))
    page = {"form": form, "languages": language_tabs(language), "wizard": wizard(request, "words")}
    return render(request, "settings/words.html", page, status=status_of(form))


@door(Permission.CHANGE_SETTINGS)
def letters(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every letter as it reads now."""
    language = language_of(request, programme)
    with translation.override(language):
        shown = [_as_it_reads(letter, programme) for letter in wording.LETTERS.values()]
    page = {"letters": shown, "languages": language_tabs(language), "language": language, "wizard": wizard(request, "letters")}
    return render(request, "settings/letters.html", page)


@door(Permission.CHANGE_SETTINGS)
def letter(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    if key not in wording.LETTERS:
        raise Http404
    language = language_of(request, programme)
    with translation.override(language):
        form = LetterForm(request.POST, key=key) if request.method == "POST" else LetterForm.of(language, key)
        if saved(form, lambda: actions.change_words(programme, by=request.actor, language=language, **form.change())):  # type: ignore[attr-defined]
            messages.success(request, _("Saved."))
            return redirect(request.get_full_path())
        page = {"form": form, "reads": _as_it_reads(wording.LETTERS[key], programme), "languages": language_tabs(language)}
    return render(request, "settings/letter.html", page, status=status_of(form))


def _as_it_reads(letter: wording.Letter, programme: Programme) -> dict[str, Any]:
    """The letter with its gaps filled by what they stand for, in the language that is active."""
    given = {name: f"[{name.replace('_', ' ')}]" for name in letter.fields} | {"programme": programme.short_name, "phone": programme.phone}
    words = letter.words(**given)
    return {"key": letter.key, "title": str(letter.title), "subject": words.subject, "body": words.body, "fields": letter.fields,
            "our_subject": str(letter.subject), "our_body": str(letter.body)}  # fmt: skip
