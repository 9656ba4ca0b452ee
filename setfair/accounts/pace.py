"""Answers about an address take the same time whether anybody here has it."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PACE = 0.4
"""Seconds; longer than the longest of these answers takes by itself."""
ASKED = frozenset({"account_login", "account_request_login_code", "account_reset_password"})


class EvenPace:
    """Holds back an answer that came too soon to have done what it would do for somebody we know: seal a letter, weigh a password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in ASKED and response.status_code != 429:
            time.sleep(max(0.0, PACE - (time.monotonic() - began)))
        return response
