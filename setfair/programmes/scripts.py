"""The running scripts a new programme starts with, in our own words, and which script is in use now.

The words lie in `running/<kind>.<language>.txt`, one page after another:

    == Title | whom it asks | shared
    what the facilitator says, line by line
    - what helps when it goes quiet, or too far

Their order follows practice.md 2.7. Every page can be rewritten on screen; a conference
keeps the version it was held with.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .models import Programme, Script, ScriptPage

SHIPPED = Path(__file__).parent / "running"
LANGUAGES = ("en", "es")


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


def _given(programme: Programme, language: str) -> Script:
    name, *pages = (SHIPPED / f"{programme.kind}.{language}.txt").read_text(encoding="utf-8").split("\n== ")
    name = name.removeprefix("# ").strip()
    there = Script.objects.filter(name=name, language=language).order_by("-version").first()
    if there is not None:
        return there
    script = Script.objects.create(programme=programme, name=name, language=language)
    ScriptPage.objects.bulk_create(_pages(script, pages))
    return script


def _pages(script: Script, texts: list[str]) -> Iterator[ScriptPage]:
    for order, text in enumerate(texts, start=1):
        head, *lines = text.strip().split("\n")
        title, *marks = head.split(" | ")
        yield ScriptPage(
            programme=script.programme,
            script=script,
            order=order,
            title=title,
            asks=next((mark for mark in marks if mark != "shared"), ""),
            words="\n".join(line for line in lines if not line.startswith("- ")),
            helps="\n".join(line.removeprefix("- ") for line in lines if line.startswith("- ")),
            shared_before="shared" in marks,
        )
