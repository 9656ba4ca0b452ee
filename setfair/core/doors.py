"""The open door: a page that says aloud that it is for everyone. Doors that ask who you are hang on the access floor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def open_door(view: View) -> View:
    """Said aloud: this page is for everyone. A view without any door is not there."""
    guarded = login_not_required(view)
    guarded.door = None  # type: ignore[attr-defined]
    return guarded


def gives_a_file(view: View) -> View:
    """Said aloud of a view that answers with a file: a device that people use one after another does not even begin it."""
    marked: Any = view
    marked.gives_a_file = True
    return view
