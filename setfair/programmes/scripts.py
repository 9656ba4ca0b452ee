"""The running scripts a new programme starts with, in our own words, and which script is in use now.

The words lie in `running/<kind>.<language>.txt`, one page after another:

    == Title | phase/key | whom it asks | shared
    what the facilitator says, line by line
    - what helps
    ? if it goes quiet   ! if somebody is upset   ~ if blame starts

Their order and phases follow practice.md 2.7. Every page can be rewritten on screen; a conference
keeps the version it was held with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .models import Programme, Script, ScriptPage

SHIPPED = Path(__file__).parent / "running"
LANGUAGES = ("en", "es")
PROMPTS = {"- ": "helps", "? ": "if_quiet", "! ": "if_upset", "~ ": "if_blame"}


def give_default_scripts(programme: Programme) -> list[Script]:
    """The scripts of the programme's kind, one in each language we ship; call it inside the programme.

    A script of that name which is there already stays as it is, so that nothing a
    programme has rewritten is ever written over.
    """
    return [_given(programme, language) for language in LANGUAGES]


def running_script(programme: Programme, *languages: str) -> Script | None:
    """The script in use in the first of `languages` that has one, else in the programme's own language, else in English, else any not retired."""
    wanted = [*languages, programme.language, "en"]
    live = Script.objects.filter(retired_at__isnull=True).order_by("-version", "name")
    ranked = sorted(live, key=lambda s: wanted.index(s.language) if s.language in wanted else len(wanted))
    return ranked[0] if ranked else None


def ours(script: Script) -> list[dict[str, Any]]:
    """Our pages for a script that began as ours, where they say something else by now; nothing is taken over without the programme."""
    if script.language not in LANGUAGES:
        return []
    name, pages = shipped(script.programme, script.language)
    return pages if script.name == name and pages != list(script.pages.values(*pages[0])) else []


def shipped(programme: Programme, language: str) -> tuple[str, list[dict[str, Any]]]:
    """The name of our script in that language, and its pages in reading order."""
    return read(SHIPPED / f"{programme.kind}.{language}.txt")


def read(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The name that stands at the head of such a file, and its pages."""
    name, *texts = path.read_text(encoding="utf-8").split("\n== ")
    return name.removeprefix("# ").strip(), [_page(text) for text in texts]


def _given(programme: Programme, language: str) -> Script:
    name, pages = shipped(programme, language)
    there = Script.objects.filter(name=name, language=language).order_by("-version").first()
    if there is not None:
        return there
    script = Script.objects.create(programme=programme, name=name, language=language)
    ScriptPage.objects.bulk_create(ScriptPage(programme=programme, script=script, order=order, **page) for order, page in enumerate(pages, start=1))
    return script


def _page(text: str) -> dict[str, Any]:
    head, *lines = text.strip().split("\n")
    title, place, *marks = head.split(" | ")
    phase, key = place.split("/")
    said = [line for line in lines if line[:2] not in PROMPTS]
    prompts = {name: "\n".join(line[2:] for line in lines if line.startswith(mark)) for mark, name in PROMPTS.items()}
    asks = next((mark for mark in marks if mark != "shared"), "")
    return {"title": title, "phase": phase, "key": key, "asks": asks, "words": "\n".join(said), "shared_before": "shared" in marks, **prompts}
