"""What stands between people, for the screens: a sealed case that was read in an emergency, and notes for different readers."""

from __future__ import annotations

from typing import Any

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Emergency, Participation
from setfair.notes import actions as notes
from setfair.village.build import Village
from setfair.village.story import Story, case_at


def under_seal(village: Village) -> Story:
    """The child of somebody of the team is part of it: it is there for two people, and was read in an emergency by a third."""
    story = case_at(village, Stage.PREPARING, matter=3)
    cases.seal(story.case, by=story.coordinator, why="staff", team=[village.users[key] for key in ("cora", "fadi")])
    why = "Somebody called who is on the way to them, and nobody answers the phone."
    cases.open_in_emergency(story.case, by=village.actor("sven"), reason=why)
    return story


def noted(village: Village, at: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Notes for different readers about one case: one that was put right since, and one shared with the person it is about."""
    story, by = Participation.objects.get(pk=at["half.hana"]["pk"]), village.actor("fadi")
    first = notes.write(story.case, by=by, words="She wants to sit near the door.", audience="team", about=story)
    latest = notes.correct(first, by=by, words="She wants to sit near the window.")
    notes.write(story.case, by=by, words="Ask about the bus.", audience="working")
    notes.write(story.case, by=by, words="They take the same bus on Fridays. The office knows.", audience="safety", about=story)
    notes.write(story.case, by=by, words="You asked who will be there. It is you and your aunt, and four more.", audience="shared", about=story)
    student = Assignment.objects.get(case__ref=at["scheduled"]["ref"], facilitator=village.facilitator("ines"))
    return {"note": {"pk": latest.pk}, "student": {"pk": student.pk}, "emergency": {"pk": Emergency.objects.get().pk}}
