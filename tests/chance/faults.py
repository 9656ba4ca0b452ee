"""Faults by which lives of a programme would break a rule; `tests/plants.py` plants them."""

from __future__ import annotations

from typing import Any

import pytest

from setfair.cases.actions import team
from setfair.desk import asking, promised, today
from setfair.preparation import writing
from setfair.preparation.actions import answers
from tests import pgcluster


def answers_overwritten(patch: pytest.MonkeyPatch) -> None:
    """A change of mind takes the place of the answer before it, in a table that lets it."""
    with pgcluster.superuser(pgcluster.clone_name()) as server:
        server.execute("GRANT UPDATE ON preparation_consent TO setfair_app")
    write = answers.write_once

    def overwritten(verb: str, model: Any, participation: Any, by: Any, said: dict[str, Any], about: tuple[str, ...] = ()) -> Any:
        before = model.objects.filter(participation=participation, **{name: said[name] for name in about}) if about else model.objects.none()
        last = before.order_by("-at").first()
        if last is None:
            return write(verb, model, participation, by, said, about)
        model.objects.filter(pk=last.pk).update(answer=said["answer"])
        writing.record(verb, participation, by=by)
        return last

    patch.setattr(answers, "write_once", overwritten)


def kept_out_for_show(patch: pytest.MonkeyPatch) -> None:
    """Whoever is kept out of a case goes on holding it."""
    patch.setattr(team, "unassign", lambda assignment, *, by: assignment)


def no_line_written(patch: pytest.MonkeyPatch) -> None:
    """What is prepared stands in no history."""
    patch.setattr(writing, "record", lambda *_said, **_more: None)


def promises_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Today has no rule for promises."""
    patch.setattr(asking, "RULES", tuple(rule for rule in today.RULES if rule is not promised.promises))


def stop_unheard(patch: pytest.MonkeyPatch) -> None:
    """A no leaves the day where it is."""
    patch.setattr(writing, "send_back", lambda case, stages, by, reason: None)


FAULTS = {
    "answers-overwritten": answers_overwritten,
    "kept-out-for-show": kept_out_for_show,
    "no-line-written": no_line_written,
    "promises-forgotten": promises_forgotten,
    "stop-unheard": stop_unheard,
}
