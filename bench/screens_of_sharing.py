"""The screens of what people said yes to, and of what was shared about them."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen

EMPTY = {"act": partial(acts.send_empty, form="main form >> nth=-1"), "status": 422}

# fmt: off
SHARED = (
    Screen("my yes", "my_yes", "half.hana"),
    Screen("my yes, nothing yet", "my_yes", "new.hana"),
    Screen("my shared", "my_shared", "half.hana"),
    Screen("my shared, guardian", "my_shared", "half.gail"),
    Screen("my yes, guardian", "my_yes", "ready.gail"),
    Screen("consent record", "consent_record", "fadi", on="half.hana"),
    Screen("consent record, guardian's", "consent_record", "cora", on="ready.rami"),
    Screen("whom to ask again", "ask_again", "cora"),
    Screen("offices of a case", "offices", "cora", on="half"),
    Screen("offices of a case, errors", "offices", "cora", on="half", **EMPTY),
    Screen("report", "report", "cora", on="half"),
    Screen("report, errors", "report", "cora", on="half", **EMPTY),
    Screen("settings consents", "settings_consents", "ada"),
    Screen("settings consent", "settings_consent", "ada", more={"scope": "take_part", "about": "me"}),
    Screen("settings offices", "settings_offices", "ada"),
    Screen("settings offices, errors", "settings_offices", "ada", before=acts.sure, **EMPTY),
)
# fmt: on
