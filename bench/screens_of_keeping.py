"""Screens about how long things are kept, part of the one list in `screens.py`."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen

KEPT_LONGER = partial(acts.send_empty, form="main form[action$='longer/']")
ANSWER = partial(acts.send_empty, form="main form")
LAST = partial(acts.send_empty, form="main form >> nth=-1")

KEEPING = (
    Screen("how long it is kept", "case_keeping", "cora", on="near_its_day"),
    Screen("how long it is kept, errors", "case_keeping", "cora", on="near_its_day", act=KEPT_LONGER, status=422),
    Screen("how long it is kept, open", "case_keeping", "cora", on="new"),
    Screen("how long a request is kept", "request_keeping", "cora", on="declined"),
    Screen("what was forgotten", "keeping", "cora"),
    Screen("what was forgotten, nothing", "keeping", "wren"),
    Screen("forgotten, an old link", "request", "cora", on="forgotten", status=410),
    Screen("what is kept about you", "own_record", "half.hana"),
    Screen("what is kept about you, asked", "own_record", "following.hana"),
    Screen("what is kept about you, answered", "own_record", "promised.hana"),
    Screen("what is kept about you, who asked", "status_record", "waiting.asker"),
    Screen("your copy", "own_copy", "promised.hana"),
    Screen("your copy, who asked", "status_copy", "declined.asker"),
    Screen("they ask what is kept", "asking_noted", "fadi", on="half.hana"),
    Screen("they ask what is kept, errors", "asking_noted", "fadi", on="half.hana", act=LAST, status=422),
    Screen("asked for a copy", "asking", "cora", on="asked_copy", before=acts.sure),
    Screen("asked to be forgotten", "asking", "cora", on="asked_forget", before=acts.sure),
    Screen("asked to be forgotten, errors", "asking", "cora", on="asked_forget", before=acts.sure, act=ANSWER, status=422),
    Screen("asked, answered", "asking", "cora", on="asked_answered", before=acts.sure),
    Screen("how long things are kept", "keeping_rules", "ada", before=acts.sure),
    Screen("how long things are kept, errors", "keeping_rules", "ada", before=acts.sure, act=LAST, status=422),
    Screen("calls after an agreement", "rhythm", "ada", before=acts.sure),
    Screen("calls after an agreement, errors", "rhythm", "ada", before=acts.sure, act=LAST, status=422),
    Screen("legal holds", "legal_holds", "sven", before=acts.sure),
    Screen("legal holds, errors", "legal_holds", "sven", before=acts.sure, act=LAST, status=422),
)
