"""Screens of those in a circle: their own pages, with no account, part of the one list in `screens.py`."""

from __future__ import annotations

from functools import partial

from . import acts
from .screen import Screen, refused, to

# fmt: off
PEOPLE = (
    Screen("home, new", "home", "new.hana"),
    Screen("home, guardian", "home", "new.gail"),
    *(Screen(f"who has looked{at}", page, who) for at, page, who in (("", "looked", "half.hana"), (", at a child", "looked_child", "new.gail"))),
    Screen("home, meeting booked", "home", "scheduled.rami"),
    Screen("home, to sign", "home", "signing.sol"),
    Screen("home, promises", "home", "promised.rami"),
    Screen("home, written down for them", "home", "half.hana"),
    Screen("home, stopped", "home", "stopped.hana"),
    Screen("home, a break", "home", "stopped.gail"),
    Screen("person, a break", "person", "fadi", on="stopped.gail"),
    Screen("home, asked to be called", "home", "stopped.sol"),
    Screen("person, asked to be called", "person", "fadi", on="stopped.sol"),
    Screen("choice", "choice", "new.hana"),
    Screen("choice, young person", "choice", "new.rami"),
    refused("choice", "choice", "new.hana", act=acts.send_no_answer),
    Screen("choice agree", "choice_agree", "new.hana"),
    refused("choice agree", "choice_agree", "new.hana"),
    Screen("choice read back", "choice_agree", "new.hana", act=partial(acts.tick_all_and_press, name="Continue")),
    Screen("choice child", "choice_child", "new.gail"),
    Screen("choice child agree", "choice_child_agree", "new.gail"),
    Screen("choice, asked once more", "choice", "scheduled.hana", act=partial(acts.press, name="No")),
    Screen("complain", "complain", "ready.hana"),
    refused("complain", "complain", "ready.hana"),
    Screen("complain, who asked", "status_complain", "waiting.asker"),
    Screen("part", "part", "ready.rami"),
    refused("part", "part", "ready.rami", act=acts.send_no_answer),
    Screen("sheet", "my_sheet", "ready.hana"),
    Screen("sheet, to give", "sheet_give", "fadi", on="ready.hana"),
    Screen("hopes", "hopes", "ready.hana"),
    Screen("own words", "own_words", "ready.hana"),
    Screen("beside me", "my_companions", "ready.hana"),
    Screen("whom they would like beside them", "companion_answer", "fadi", on="companion"),
    refused("whom they would like beside them", "companion_answer", "fadi", on="companion"),
    refused("beside me", "my_companions", "ready.hana", form="main form[novalidate]"),
    Screen("hopes, told", "told_hopes", "fadi", on="ready.hana"),
    Screen("stop", "stop", "ready.hana"),
    Screen("stop, a day is booked", "stop", "scheduled.sol"),
    Screen("still", "still", "soon.hana"),
    refused("still", "still", "soon.hana", act=acts.send_no_answer),
    Screen("watch", "watch", "watched.hana"),
    refused("watch", "watch", "watched.hana", act=acts.send_no_answer),
    Screen("watch, nobody would", "watch", "ready.hana"),
    Screen("stop child", "stop_child", "ready.gail"),
    Screen("questions", "questions", "new.hana"),
    Screen("times", "times", "ready.sol"),
    Screen("times, booked", "times", "scheduled.hana"),
    Screen("my agreement", "my_agreement", "signing.sol", on="signing.agreement"),
    refused("my agreement", "my_agreement", "signing.sol", on="signing.agreement", form=to("signatures/")),
    Screen("my agreement, signed", "my_agreement", "signing.hana", on="signing.agreement"),
    Screen("my agreement, in force", "my_agreement", "promised.hana", on="promised.agreement"),
    Screen("proof", "proof", "promised.rami", on="promised.item"),
    refused("proof", "proof", "promised.rami", on="promised.item"),
    Screen("proof, sent", "proof", "following.rami", on="following.item"),
    Screen("proof, a file", "proof_file", "promised.rami", on="promised.item"),
    Screen("proof, shown back", "proof_file", "promised.rami", on="promised.item", before=acts.chose_a_file),
    *(Screen(f"papers {who}", "my_files", f"half.{who}") for who in ("hana", "rami")),
)
# fmt: on
