"""Screens about a device that people use one after another, part of the one list in `screens.py`."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen

# fmt: off
DEVICES = (
    Screen("shared devices", "devices", "cora", before=acts.elsewhere_a_device_is_shared),
    Screen("shared devices, none", "devices", "wren"),
    Screen("shared devices, errors", "devices", "ada", act=partial(acts.send_empty, form="main form.flow"), status=422),
    Screen("shared device at rest", "rest", before=acts.on_a_shared_device),
    Screen("shared device, still here", "still_here", before=acts.on_a_shared_device),
    Screen("shared device, somebody is in", "home", "new.hana", before=acts.on_a_shared_device),
    Screen("shared device, no file", template="access/no_file_here.html", status=403),
)
# fmt: on
