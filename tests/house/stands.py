"""Written by hand: who stands in which tie to which of the three cases of the matrix."""

from __future__ import annotations

from setfair.access.policy import Tie

OWN, OTHER_CASE, NEIGHBOUR = "own", "other", "neighbour"
RELATIONS = (OWN, OTHER_CASE, NEIGHBOUR)
COORDINATES, SUPERVISES, ADMINISTERS, SAFEGUARDS, BELONGS = Tie.COORDINATES, Tie.SUPERVISES, Tie.ADMINISTERS, Tie.SAFEGUARDS, Tie.BELONGS

SCHOOL_STAFF: dict[str, set[Tie]] = {
    "cora": {COORDINATES, BELONGS},
    "sven": {SUPERVISES, BELONGS},
    "ada": {ADMINISTERS, BELONGS},
    "wren": {SAFEGUARDS, BELONGS},
    "fadi": {BELONGS},
    "mina": {BELONGS},
    "ines": {BELONGS},
    "tova": {BELONGS},
}
COUNTY_STAFF: dict[str, set[Tie]] = {"nour": {COORDINATES, ADMINISTERS, BELONGS}, "lena": {BELONGS}}
ASSIGNED = {
    OWN: {"fadi": Tie.FACILITATES, "ines": Tie.PEER_FACILITATES},
    OTHER_CASE: {"mina": Tie.FACILITATES, "tova": Tie.PEER_FACILITATES},
    NEIGHBOUR: {"lena": Tie.FACILITATES},
}
CIRCLES = {OWN: ("hana", "rami", "sol", "gail"), OTHER_CASE: ("otto",), NEIGHBOUR: ()}
ASKED = {OWN: "asker", OTHER_CASE: "other_asker", NEIGHBOUR: ""}
KEPT_OUT = {OWN: "mina", OTHER_CASE: "fadi", NEIGHBOUR: "orla"}
"""Of each case somebody who stands in no tie to it anyhow: there is a row, and nothing else changes."""
ALARMS = (("sven", SUPERVISES), ("wren", SAFEGUARDS))
SEALED_TO = ("cora", "mina", "tova", "malik")
"""The other case of the school is sealed, and its seal names these: whoever supervises here finds it no more than anybody else."""
PAST_THE_SEAL = {("Emergency", "sven"): {SUPERVISES}, ("Complaint", "ada"): {ADMINISTERS}, **{("Alarm", k): {t} for k, t in ALARMS}}
"""What is not left unread because a case is sealed: somebody who is not safe, an emergency that is looked at afterwards, and a word past the
team, which comes to whoever administers where the seal names nobody else who could read it."""
OTHER_TEAM = (("mina", "lead"), ("tova", "student"), ("malik", "student"))
HOLDS = {OWN: "fadi", OTHER_CASE: "mina", NEIGHBOUR: "lena"}
"""Who talked with whoever asked, before there was a case."""
HELPS = {OWN: "ines", OTHER_CASE: "tova", NEIGHBOUR: "lena"}
"""Who was asked to help at a meeting, and has not answered."""
OWNER = {OWN: "rami", OTHER_CASE: "", NEIGHBOUR: ""}
"""Who promised the first item; a promise is its owner's page alone."""
ON_THE_TABLET = ("handed", "handed_number", "handed_sign", "handed_marks", "handed_thanks", "handed_back")
"""All that a tablet which was handed round can open; from everywhere else it is led back."""

PERSONAS = ("nobody", "tablet", *SCHOOL_STAFF, *COUNTY_STAFF, "hana", "rami", "sol", "gail", "otto", "asker", "other_asker")
