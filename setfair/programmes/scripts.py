"""The running scripts a new programme starts with, in our own words, and which script is in use now.

The words for a meeting lie in `running/<kind>.<language>.txt`, those for another way
in `running/<way>.<language>.txt`, one page after another:

    == Title | phase/key | whom it asks | shared
    what the facilitator says, line by line
    - what helps
    ? if it goes quiet   ! if somebody is upset   ~ if blame starts

`== = key` stands for the page of that key of the meeting. Their order and phases follow
practice.md 2.7. Every page can be rewritten on screen; a conference keeps the version it
was held with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from setfair.core import clock

from .models import Programme, Script, ScriptPage
from .ways import Way

SHIPPED = Path(__file__).parent / "running"
LANGUAGES = ("en", "es")
WAYS = (Way.MEET, Way.REENTRY, Way.STANDIN, Way.CALL)
"""Ways in which somebody reads a script aloud."""
SAME = "= "
PROMPTS = {"- ": "helps", "? ": "if_quiet", "! ": "if_upset", "~ ": "if_blame"}


def give_default_scripts(programme: Programme) -> list[Script]:
    """Our scripts for each way, in each language we ship, that for a meeting first; call it inside the programme.

    A script of that name which is there already stays as it is, so that nothing a
    programme has rewritten is ever written over.
    """
    return [_given(programme, way, language) for way in WAYS for language in LANGUAGES]


def running_script(programme: Programme, *languages: str, way: str = Way.MEET) -> Script | None:
    """The script in use for this way; for one that has none, that for a meeting.

    It is the one in the first of `languages` that has one, else in the programme's own
    language, else in English, else any that is not retired.
    """
    wanted = [*languages, programme.language, "en"]
    live = in_use_first(Script.objects.filter(retired_at__isnull=True, way__in={way, Way.MEET}))
    rank = {language: at for at, language in reversed(list(enumerate(wanted)))}
    return min(live, key=lambda script: (script.language not in rank, script.way != way, rank.get(script.language, 0)), default=None)


def in_use_first(scripts: Iterable[Script]) -> list[Script]:
    """Those whose use was chosen last first, those never chosen at the end."""
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(sorted(scripts, key=lambda script: script.name), key=lambda script: script.used_since or never, reverse=True)


def lacks_ours(programme: Programme) -> bool:
    """Whether there is a script of ours that it does not have; call it inside the programme."""
    there = set(Script.objects.values_list("name", "language"))
    return any((shipped(programme, way, language)[0], language) not in there for way in WAYS for language in LANGUAGES)


def ours(script: Script) -> list[dict[str, Any]]:
    """Our pages for a script that began as ours, where they say something else by now; nothing is taken over without the programme."""
    if script.language not in LANGUAGES or script.way not in WAYS:
        return []
    name, pages = shipped(script.programme, script.way, script.language)
    return pages if script.name == name and pages != list(script.pages.values(*pages[0])) else []


def shipped(programme: Programme, way: str, language: str) -> tuple[str, list[dict[str, Any]]]:
    """The name of our script for that way in that language, and its pages in reading order."""
    meeting, pages = read(SHIPPED / f"{programme.kind}.{language}.txt")
    if way == Way.MEET:
        return meeting, pages
    return read(SHIPPED / f"{way}.{language}.txt", like={page["key"]: page for page in pages})


def read(path: Path, like: Mapping[str, dict[str, Any]] | None = None) -> tuple[str, list[dict[str, Any]]]:
    """The name that stands at the head of such a file, and its pages; those it has in common with a meeting only where `like` gives them."""
    name, *texts = path.read_text(encoding="utf-8").split("\n== ")
    pages = [(like or {}).get(text.strip().removeprefix(SAME)) if text.startswith(SAME) else _page(text) for text in texts]
    return name.removeprefix("# ").strip(), [page for page in pages if page is not None]


def _given(programme: Programme, way: str, language: str) -> Script:
    name, pages = shipped(programme, way, language)
    there = Script.objects.filter(name=name, language=language).order_by("-version").first()
    if there is not None:
        return there
    script = Script.objects.create(programme=programme, name=name, language=language, way=way, used_since=clock.now())
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
