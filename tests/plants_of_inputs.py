"""Faults in how a page takes what is sent to it."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from setfair.access.middleware import FrontDoor

logger = logging.getLogger("setfair.planted")


def number_from_the_query(patch: pytest.MonkeyPatch) -> None:
    """Every page reads a number out of its address, and trusts that it is one."""
    _before_all(patch, lambda request: [int(request.GET[name]) for name in ("page", "after", "q") if name in request.GET] and None)


def led_by_the_query(patch: pytest.MonkeyPatch) -> None:
    """Every page leads on to where its address says."""
    _before_all(patch, lambda request: redirect(request.GET["next"]) if "next" in request.GET else None)


def form_in_the_log(patch: pytest.MonkeyPatch) -> None:
    """Somebody wanted to see what comes in."""
    _before_all(patch, lambda request: logger.warning("%s", request.POST.dict()))


def _before_all(patch: pytest.MonkeyPatch, act: object) -> None:
    answer = FrontDoor.__call__

    def planted(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        return act(request) or answer(door, request)  # type: ignore[operator]

    patch.setattr(FrontDoor, "__call__", planted)


PLANTS = {"number-from-the-query": number_from_the_query, "led-by-the-query": led_by_the_query, "form-in-the-log": form_in_the_log}
