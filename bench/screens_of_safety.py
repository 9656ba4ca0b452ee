"""Screens of somebody who is not safe now: the one page that everybody reaches, and those of whoever is told."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen

LAST = "main form >> nth=-1"
# fmt: off
SAFETY = (
    Screen("not safe, anywhere", "alarm_anywhere"),
    Screen("not safe", "alarm", on="school"),
    Screen("not safe, told", "alarm", on="school", act=partial(acts.press, name="Tell our safety person now")),
    Screen("not safe, own page", "alarm", "half.hana", on="school"),
    Screen("not safe, own page, told", "alarm", "half.hana", on="school", act=partial(acts.press, name="Tell our safety person now")),
    Screen("not safe, who asked", "alarm", "waiting.asker", on="school"),
    Screen("not safe, staff", "alarm", "fadi", on="school"),
    Screen("not safe, of one person", "alarm_for", "fadi", on="half.rami"),
    Screen("alarms", "alarms", "cora"),
    Screen("alarms, none", "alarms", "wren"),
    Screen("alarm", "alarm_read", "nour", on="alarm"),
    Screen("alarm, heard", "alarm_read", "sven", on="alarm_heard"),
    Screen("alarm, heard, errors", "alarm_read", "sven", on="alarm_heard", act=acts.send_empty, status=422),
    Screen("order, what is known", "order_paper", "cora", on="half", before=acts.sure),
    Screen("order, what is known, errors", "order_paper", "cora", on="half", before=acts.sure, act=acts.send_empty, status=422),
    Screen("conditions", "conditions", "cora", on="half.rami"),
    Screen("conditions, errors", "conditions", "cora", on="half.rami", act=partial(acts.send_empty, form=LAST), status=422),
    Screen("today, somebody is not safe", "today", "nour"),
)
# fmt: on
