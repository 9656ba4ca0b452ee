"""Screens about how long things are kept, part of the one list in `screens.py`."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen

KEPT_LONGER = partial(acts.send_empty, form="main form[action$='longer/']")
LAST = partial(acts.send_empty, form="main form >> nth=-1")

KEEPING = (
    Screen("how long it is kept", "case_keeping", "cora", on="near_its_day"),
    Screen("how long it is kept, errors", "case_keeping", "cora", on="near_its_day", act=KEPT_LONGER, status=422),
    Screen("how long it is kept, open", "case_keeping", "cora", on="new"),
    Screen("how long a request is kept", "request_keeping", "cora", on="declined"),
    Screen("what was forgotten", "keeping", "cora"),
    Screen("what was forgotten, nothing", "keeping", "wren"),
    Screen("forgotten, an old link", "request", "cora", on="forgotten", status=410),
    Screen("how long things are kept", "keeping_rules", "ada", before=acts.sure),
    Screen("how long things are kept, errors", "keeping_rules", "ada", before=acts.sure, act=LAST, status=422),
    Screen("legal holds", "legal_holds", "sven", before=acts.sure),
    Screen("legal holds, errors", "legal_holds", "sven", before=acts.sure, act=LAST, status=422),
)
