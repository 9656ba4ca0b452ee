"""What is said about files: why one is not taken and what to do then, what one is, and how it is called on its way out."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .models import TakenIn

WHY_NOT = {
    "empty": _("This file is empty. Please choose another one."),
    "too_large": _("This file is too large. 10 MB is the most. A smaller picture, or a part of the paper, works."),
    "too_many_points": _("This picture is too large for us to open. Please make it smaller, or take a screenshot of it and send that."),
    "broken_picture": _("This picture cannot be opened. Please take it again, or take a screenshot of it and send that."),
    "phone_picture": _("Only some phones can show this kind of picture (HEIC). Please take a screenshot of it and send that. We take JPEG and PNG."),
    "picture": _("We cannot take this kind of picture. Please take a screenshot of it and send that. We take JPEG and PNG."),
    "film": _("We cannot take films or sound. You can send a picture, or tell us in words."),
    "document": _("We cannot take this kind of file. Please save it as a PDF, or print it to a PDF, and send that."),
    "locked_document": _("This PDF is locked with a password. Please save it without one, or print it to a new PDF, and send that."),
    "broken_document": _("This PDF cannot be opened. Please print it to a new PDF and send that, or send a picture of each page."),
    "too_many_pages": _("This PDF has too many pages. 200 is the most. Please send the pages that matter."),
    "bomb": _("This file is too much for us to open. Please print it to a new PDF, or take a screenshot of it, and send that."),
    "two_things": _("There is something else hidden in this file. Please take a screenshot of it, or print it to a new PDF, and send that."),
    "unknown": _("We do not know this kind of file. We take pictures (JPEG, PNG), PDF and plain text."),
    "harmful": _("Our virus scanner says that this file may do harm. It was not kept. Please send it from another device, or tell us in words."),
    "busy": _("Too many files come in right now. Nothing was saved. Please try again in a minute."),
    "too_often": _("You have sent many files in a short time. Please wait an hour, or talk to us."),
    "full": _("There are as many files here as fit. Something has to be taken away first."),
}

NAMES = {"pdf": "document.pdf", "jpeg": "picture.jpg", "png": "picture.png", "text": "text.txt"}
"""How a file is called on its way out: never as its sender called it."""


def described(file: TakenIn) -> str:
    """What it is, how large, without a word of what is in it."""
    parts = [file.get_kind_display(), filesizeformat(file.size)]
    if file.kind == TakenIn.Type.PDF:
        pages = int(file.extent)
        parts.insert(1, ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages})
    elif file.extent:
        parts.insert(1, file.extent.replace("x", " × "))
    return ", ".join(parts)
