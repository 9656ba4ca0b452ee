"""The line on which a page hears of its circle: it answers once, and the browser asks again by itself.

That is the net under lines that stay open (`config/live.py`, for which `X-Hold` says whose line it is):
without one, each page asks every few seconds.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ..journey import Stage
from ..models import Conference
from .gathering import gathered
from .state import Kind, told

AGAIN = b"retry: 3000\n\n"
"""After how many thousandths of a second a browser asks again."""


def line(request: HttpRequest, conference: Conference, kind: Kind) -> HttpResponse:
    """The state, unless this page has heard of this beat already."""
    heard, language = request.headers.get("Last-Event-ID", request.GET.get("heard")), get_language() or "en"
    beat, words = conference.beat, b""
    if heard != str(beat):
        state = gathered(conference.pk)
        beat, words = state.conference.beat, event(state.conference.beat, told(state, kind, language))
    answer = HttpResponse(AGAIN + words, content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    if conference.stage in (Stage.PLANNED, Stage.LIVE):
        answer["X-Hold"] = f"{conference.programme_id} {conference.pk} {kind} {language} {beat}"
    return answer


def event(beat: int, words: bytes) -> bytes:
    """One message as the browser's EventSource reads it; JSON has no line breaks."""
    return b"id: %d\ndata: %s\n\n" % (beat, words)
