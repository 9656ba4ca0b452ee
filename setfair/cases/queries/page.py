"""What stands around every page of a case."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import held as opens
from setfair.access.ties import ways_to
from setfair.core.actor import Actor

from ..journey import Stage
from ..models import Case, Hold, Seal
from ..route import WITHOUT_MEETING, How
from .apart import pairs_among
from .people import here
from .standing import held, sealed
from .ways import how

STEPS = (Stage.PREPARING, Stage.SCHEDULED, Stage.CONVENED, Stage.FOLLOWING_UP, Stage.CLOSED)
"""The stations drawn on a case page. Ready is the last of preparing, not a station of its own."""
APART = (Stage.PREPARING, Stage.CONVENED, Stage.FOLLOWING_UP, Stage.CLOSED)
"""Those of a case in which nobody meets: it needs no day, and where others have met they have agreed."""
MEETING = (Stage.SCHEDULED, Stage.CONVENED)


def frame(case: Case, tab: str) -> dict[str, Any]:
    """What `cases/frame.html` shows around every page of a case, in seven queries whatever the case holds.

    `tab` is the URL name of the tab this page stands under: case, case_people,
    schedule, agreement, case_notes, case_files or case_history. A page adds its own words with `frame(case, "case") | {...}`.
    """
    present = list(here(case).values_list("person_id", flat=True))
    return around(case, tab, people=len(present), kept_apart=pairs_among(present).exists(), hold=held(case), seal=sealed(case), how=how(case))


def around(case: Case, tab: str, *, people: int, kept_apart: bool, hold: Hold | None, seal: Seal | None, how: How) -> dict[str, Any]:
    """The same, for a page that has read the circle already and asks for nothing twice."""
    return {
        "case": case,
        "tab": tab,
        "coordinator": case.coordinator,
        "kind": case.programme.get_kind_display(),
        "kept_apart": kept_apart,
        "hold": hold,
        "seal": seal,
        "steps": steps(case, how),
        "tabs": _tabs(case, tab, people),
    }


def steps(case: Case, how: How = How.CONFERENCE) -> list[dict[str, str]]:
    """The seven stations of a case, with where it stands now; six where nobody meets."""
    at = Stage.PREPARING if case.stage == Stage.READY else Stage(case.stage)
    apart = how in WITHOUT_MEETING and at not in MEETING
    stations = APART if apart else STEPS
    now = stations.index(at)
    drawn = [{"label": _("Asked"), "state": "done"}, {"label": _("Accepted"), "state": "done"}]
    for number, stage in enumerate(stations):
        label = str(Stage.READY.label if stage == at and case.stage == Stage.READY else stage.label)
        if apart and stage == Stage.CONVENED:
            label = _("Agreed apart")
        state = "done" if number < now or at == Stage.CLOSED else "now" if number == now else "next"
        drawn.append({"label": label, "state": state})
    return drawn


def _tabs(case: Case, tab: str, people: int) -> list[dict[str, Any]]:
    named = (
        ("case", _("Overview"), 0, Permission.OPEN_CASE),
        ("case_people", _("People"), people, Permission.RUN_CASE),
        ("schedule", _("Schedule"), 0, Permission.BOOK),
        ("agreement", _("Agreement"), 0, Permission.DRAFT_AGREEMENT),
        ("case_notes", _("Notes"), 0, Permission.KEEP_NOTES),
        ("case_files", _("Files"), 0, Permission.OPEN_CASE),
        ("case_history", _("History"), 0, Permission.OPEN_CASE),
    )
    return [
        {"url": reverse(name, kwargs={"ref": case.ref}), "label": label, "count": count, "current": name == tab, "permission": permission}
        for name, label, count, permission in named
    ]


def open_tabs(tabs: list[dict[str, Any]], case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Only the tabs whose door opens for this actor, in one query at most; a page that has asked already says so in `opens`."""
    unsure = [tab for tab in tabs if "opens" not in tab]
    if unsure:
        asked = {tab["permission"] for tab in unsure}
        said = Case.objects.filter(pk=case.pk).values("pk", **ways_to(actor, asked, Case)).get()
        for tab in unsure:
            tab["opens"] = tab["permission"] in opens(said, asked)
    return [tab for tab in tabs if tab["opens"]]
