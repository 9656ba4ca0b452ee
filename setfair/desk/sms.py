"""An answer by text message, as a provider tells it: a form or JSON, by one of the usual names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, UnreadablePostError

from setfair.letters.came_back import take_in
from setfair.letters.incoming import set_text_aside
from setfair.letters.mail_read import Came, cleaned

NAMES = {"sender": ("from", "From", "msisdn"), "words": ("text", "Body", "body", "message"), "reference": ("id", "MessageSid", "messageId")}
LONGEST = {"sender": 40, "words": 4000, "reference": 120}


def told(request: HttpRequest) -> Came | None:
    """What was brought; None for what is no text message, whatever it is."""
    said = _said(request)
    found = {what: _first(said, what) for what in NAMES}
    if not any(sign.isdecimal() for sign in found["sender"]) or not found["reference"]:
        return None
    return Came("sms", found["reference"], found["sender"], cleaned(found["words"]))


def bring(came: Came) -> None:
    """Take it in. What no programme is known for is set aside sealed: the provider brings it once."""
    if not take_in(came):
        set_text_aside(came)


def _said(request: HttpRequest) -> Mapping[str, Any]:
    if request.content_type != "application/json":
        return request.POST
    try:
        brought = json.loads(request.body)
    except (ValueError, RecursionError, UnreadablePostError):
        return {}
    return brought if isinstance(brought, dict) else {}


def _first(said: Mapping[str, Any], what: str) -> str:
    values = (said.get(name) for name in NAMES[what])
    value = next((value for value in values if isinstance(value, str | int) and value != ""), "")
    return str(value).replace("\x00", "").strip()[: LONGEST[what]]
