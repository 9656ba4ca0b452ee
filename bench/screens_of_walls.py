"""Screens of what stands between people: notes for their readers, sealed cases, an emergency, and seeing as somebody else."""

from __future__ import annotations

from . import acts
from .screen import Screen

# fmt: off
WALLS = (
    Screen("notes", "case_notes", "fadi", on="half"),
    Screen("notes, errors", "case_notes", "fadi", on="half", act=acts.send_empty, status=422),
    Screen("notes, before sharing", "case_notes", "fadi", on="half", act=acts.share_a_note),
    Screen("a note", "note", "fadi", on="note"),
    Screen("a note, errors", "note", "fadi", on="note", act=acts.send_empty, status=422),
    Screen("seal", "seal", "cora", on="half"),
    Screen("seal, errors", "seal", "cora", on="half", before=acts.sure, act=acts.send_empty, status=422),
    Screen("sealed", "seal", "cora", on="under_seal"),
    Screen("seal broken", "break_seal", "cora", before=acts.sure),
    Screen("seal broken, errors", "break_seal", "cora", before=acts.sure, act=acts.send_empty, status=422),
    Screen("emergency", "emergency", "sven", on="emergency"),
    Screen("emergency, looked at", "emergency_review", "cora", on="emergency"),
    Screen("emergency, looked at, errors", "emergency_review", "cora", on="emergency", act=acts.send_empty, status=422),
    Screen("route", "case_route", "cora", on="half"),
    Screen("route, errors", "case_route", "cora", on="half", act=acts.send_empty, status=422),
    Screen("route, closed", "case_route", "cora", on="closed"),
    Screen("see as", "see_as", "fadi", on="half"),
    Screen("seen as a person", "see_as_person", "fadi", on="half.hana"),
    Screen("seen as nobody", "see_as_person", "fadi", on="half.hana", query="at=/nowhere"),
    Screen("seen as a student", "see_as_helper", "fadi", on="student"),
    Screen("seen as whoever asked", "see_as_asker", "cora", on="scheduled"),
    Screen("notes for me", "my_notes", "half.hana"),
)
# fmt: on
