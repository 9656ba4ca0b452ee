"""A copy to take away: a page to read, the same for machines, and the files. No name in it and no property of it says what it is about."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language, get_language_bidi

from setfair.cases.models import Participation
from setfair.files.queries import bytes_of
from setfair.journal import marks
from setfair.programmes.speaking import spoken
from setfair.vault.ring import WordsAreGone

from . import queries
from .models import Copy

STEM = "copy"


def whole(copy: Copy, whose: queries.Whose) -> list[queries.Section]:
    """What was handed over, and what they wrote past those who run the meeting, which the team did not read through; in their language."""
    with translation.override(_language(whose)):
        return [*copy.words, *queries.apart_for(whose, copy.at)]


def bundled(copy: Copy, whose: queries.Whose) -> bytes:
    """One ZIP of it all, in the reader's language, with the files that were chosen when it was put together. Of one that went since it says so."""
    sections, files = whole(copy, whose), queries.files_in(copy)
    written, moment = io.BytesIO(), timezone.localtime(copy.at).timetuple()[:6]
    with zipfile.ZipFile(written, "w") as bundle, translation.override(_language(whose)):
        kept, gone = [], []
        for one in files:
            try:
                _put(bundle, f"files/{one.name}", bytes_of(one.file), moment)
            except WordsAreGone:
                gone.append(f"files/{one.name}")
                continue
            kept.append({"name": f"files/{one.name}", "at": one.file.at.isoformat(), "size": one.file.size, "from": "you" if one.is_own else "team"})
        _put(bundle, f"{STEM}.json", _for_machines(copy, sections, kept, gone), moment)
        page = {
            "copy": copy,
            "sections": sections,
            "files": kept,
            "gone": gone,
            "mark": marks.newest(copy.at),
            "language": get_language(),
            "direction": "rtl" if get_language_bidi() else "ltr",
        }
        _put(bundle, f"{STEM}.html", render_to_string("keeping/copy_alone.html", page).encode(), moment)
    return written.getvalue()


def handed_over(data: bytes) -> HttpResponse:
    """Saved under a name that says nothing, kept by no cache."""
    return HttpResponse(
        data,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{STEM}.zip"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def _language(whose: queries.Whose) -> str:
    return spoken(whose.person.language if isinstance(whose, Participation) else whose.language)


def _for_machines(copy: Copy, sections: list[queries.Section], files: list[dict[str, Any]], gone: list[str]) -> bytes:
    told = [
        {"key": s.get("key", ""), "title": s["title"], "lines": [{"what": one[0], "words": one[1], "at": [*one[2:], ""][0]} for one in s["lines"]]}
        for s in sections
    ]
    made = {"version": 1, "made_at": copy.at.isoformat(), "sections": told, "files": files, "gone": gone}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _put(bundle: zipfile.ZipFile, name: str, data: bytes, moment: Any) -> None:
    """Dated when the copy was made: when somebody fetched it is nobody's to read."""
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith((".json", ".html", ".txt")) else zipfile.ZIP_STORED
    bundle.writestr(entry, data)
