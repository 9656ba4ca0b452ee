"""In which language a page speaks.

What somebody chose on a page comes first, then what their browser asks for, and
for those who said nothing the programme's own. Whoever comes in with a code is
spoken to in the language that is written down for them, until they choose another.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from setfair.programmes.speaking import spoken

OF_BEARER: dict[str, Callable[[UUID], str]] = {}
"""From whom a pass stands for to their language, by kind of bearer. The floors that know them add themselves."""


def settle(request: HttpRequest) -> None:
    """Inside a programme: speak its own language to whoever has neither chosen one nor has a browser that asks for one of ours."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES) or _asks_for_one(request):
        return
    speak(request, request.programme.language)  # type: ignore[attr-defined]


def speak(request: HttpRequest, language: str) -> None:
    """From here on this request is answered in `language`, as far as we speak it."""
    translation.activate(spoken(language))
    request.LANGUAGE_CODE = translation.get_language()


def forget(request: HttpRequest) -> None:
    """Answer as if nobody had chosen a language here."""
    if request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None):
        speak(request, translation.get_language_from_request(request))


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """Have the browser ask for `language` until it is closed or left by the exit; what we do not speak is not remembered."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
        )
    return response


def _asks_for_one(request: HttpRequest) -> bool:
    return any(_is_ours(language) for language, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")))


def _is_ours(language: str) -> bool:
    try:
        return bool(translation.get_supported_language_variant(language))
    except LookupError:
        return False
