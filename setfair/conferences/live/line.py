"""The line on which a page hears of its circle: it answers once, and the browser asks again by itself.

That is the net under lines that stay open: without one, each page asks every few seconds.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ..models import Conference
from .state import Kind, gathered, told

AGAIN = b"retry: 3000\n\n"
"""After how many thousandths of a second a browser asks again."""


def line(request: HttpRequest, conference: Conference, kind: Kind) -> HttpResponse:
    """The state, unless this page has heard of this beat already."""
    heard = request.headers.get("Last-Event-ID", request.GET.get("heard"))
    words = b"" if heard == str(conference.beat) else of_beat(conference, kind)
    return HttpResponse(AGAIN + words, content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def of_beat(conference: Conference, kind: Kind) -> bytes:
    state = gathered(conference.pk)
    return event(state.conference.beat, told(state, kind, get_language() or "en"))


def event(beat: int, words: bytes) -> bytes:
    """One message as the browser's EventSource reads it; JSON has no line breaks."""
    return b"id: %d\ndata: %s\n\n" % (beat, words)
