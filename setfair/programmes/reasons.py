"""Every coded reason for which a request, a case or a meeting goes on, rests or stops: one list, by whose decision it was.

A code is all that is kept. Nobody who takes part is asked for a reason of their own,
and none of these is shown to them, to the other side or to whoever asked.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """Where a reason is written down."""

    GO = "go", _("a request goes on")
    NO = "no", _("a request does not go ahead")
    REST = "rest", _("a request or a case rests")
    STOP = "stop", _("a meeting stops")
    END = "end", _("a case ends")


class Decider(models.TextChoices):
    """Whose decision it was. `SOMEBODY` is one of the circle where who it was is better not written down."""

    TOGETHER = "together", _("it ran its course")
    HARMED = "harmed", _("person harmed")
    RESPONSIBLE = "responsible", _("person responsible")
    GUARDIAN = "guardian", _("parent or guardian")
    SOMEBODY = "somebody", _("somebody who takes part")
    PROGRAMME = "programme", _("the programme")
    SENDER = "sender", _("a court, or whoever sent it")
    LAW = "law", _("the law or an order")
    NOBODY = "nobody", _("nobody")


class Wish(models.TextChoices):
    """By whose wish a booked time was moved or called off. It is told to nobody who takes part."""

    HARMED = Decider.HARMED.value, Decider.HARMED.label
    RESPONSIBLE = Decider.RESPONSIBLE.value, Decider.RESPONSIBLE.label
    PROGRAMME = Decider.PROGRAMME.value, Decider.PROGRAMME.label
    VENUE = "venue", _("whoever has the room")
    OTHER = "other", _("somebody else, or nobody")


class Reason(models.TextChoices):
    FITS = "fits", _("it fits, and nothing bars it")
    SIGNED_OFF = "signed_off", _("a supervisor wrote why it can go on")
    COMPLETED = "completed", _("the agreement was kept")
    COMPLETED_VARIED = "completed_varied", _("kept, after a change")
    PART_COMPLETED = "part_completed", _("kept in part")
    NOT_COMPLETED = "not_completed", _("not kept; goes back to who sent it")
    NO_AGREEMENT_NEEDED = "no_agreement", _("met; no agreement was needed")
    DIFFER = "differ", _("they listened and agreed to differ")
    INDIRECT = "indirect", _("done without meeting")
    ENDED_HARMED = "ended_harmed", _("a person harmed does not want to go on")
    ENDED_RESPONSIBLE = "ended_responsible", _("a person responsible does not want to go on")
    NO_RESPONSIBILITY = "no_responsibility", _("nobody takes responsibility for it")
    ENDED_GUARDIAN = "ended_guardian", _("a parent or guardian does not agree")
    DECLINED_AT_CONTACT = "declined_at_contact", _("someone said no when asked")
    ASKED = "asked", _("someone asked for time")
    LATER = "later", _("it is done later")
    NOT_ELIGIBLE = "not_eligible", _("outside what the programme takes")
    NOT_SUITABLE = "not_suitable", _("not suitable now")
    NOT_SAFE = "not_safe", _("would not be safe")
    SPECIALIST = "specialist", _("needs a specialist service")
    OTHER_PATH = "other_path", _("another way fits better")
    TRANSFERRED = "transferred", _("went to another programme")
    SAFETY = "safety", _("we are looking at safety again")
    OTHER = "other", _("another reason")
    TAKEN_BACK = "taken_back", _("whoever sent it took it back")
    SENDER_WAITS = "sender_waits", _("whoever sent it asked us to wait")
    NO_CONTACT_ORDER = "no_contact_order", _("an order bars contact")
    DUTY = "duty", _("the law has somebody else look into it")
    NEW_OFFENCE = "new_matter", _("a new matter came up")
    ELSEWHERE = "elsewhere", _("another process has to end first")
    NO_CONTACT_POSSIBLE = "no_contact_possible", _("could not be reached")
    DUPLICATE = "duplicate", _("we have this request already")
    AWAY = "away", _("someone is away or ill")
    EXAMS = "exams", _("exams or holidays")
    OUT_OF_TIME = "out_of_time", _("there was not enough time")
    TOO_MUCH = "too_much", _("it became too much")
    MISSING = "missing", _("somebody was missing")
    TO_PREPARE = "to_prepare", _("more has to be prepared first")
    OWN = "own", _("a reason of our own")


R = Reason
GROUPS: dict[Decider, tuple[Reason, ...]] = {
    Decider.TOGETHER: (R.COMPLETED, R.COMPLETED_VARIED, R.PART_COMPLETED, R.NOT_COMPLETED, R.NO_AGREEMENT_NEEDED, R.DIFFER, R.INDIRECT),
    Decider.HARMED: (R.ENDED_HARMED,),
    Decider.RESPONSIBLE: (R.ENDED_RESPONSIBLE, R.NO_RESPONSIBILITY),
    Decider.GUARDIAN: (R.ENDED_GUARDIAN,),
    Decider.SOMEBODY: (R.DECLINED_AT_CONTACT, R.ASKED, R.TOO_MUCH, R.LATER),
    Decider.PROGRAMME: (
        R.FITS, R.SIGNED_OFF, R.NOT_ELIGIBLE, R.NOT_SUITABLE, R.NOT_SAFE, R.SPECIALIST, R.OTHER_PATH, R.TRANSFERRED, R.SAFETY,
        R.TO_PREPARE, R.OTHER,
    ),
    Decider.SENDER: (R.TAKEN_BACK, R.SENDER_WAITS),
    Decider.LAW: (R.NO_CONTACT_ORDER, R.DUTY, R.NEW_OFFENCE, R.ELSEWHERE),
    Decider.NOBODY: (R.NO_CONTACT_POSSIBLE, R.DUPLICATE, R.AWAY, R.MISSING, R.OUT_OF_TIME, R.EXAMS),
}  # fmt: skip
"""Each of our codes stands in one group. `OWN` has none: the programme named its group when it named the reason."""

DECIDED = {reason: decider for decider, reasons in GROUPS.items() for reason in reasons}

AT: dict[Step, frozenset[Reason]] = {
    Step.GO: frozenset({R.FITS, R.SIGNED_OFF}),
    Step.NO: frozenset({
        R.ENDED_HARMED, R.ENDED_RESPONSIBLE, R.NO_RESPONSIBILITY, R.ENDED_GUARDIAN, R.DECLINED_AT_CONTACT, R.NOT_ELIGIBLE, R.NOT_SUITABLE,
        R.NOT_SAFE, R.SPECIALIST, R.OTHER_PATH, R.TAKEN_BACK, R.NO_CONTACT_ORDER, R.DUTY, R.NO_CONTACT_POSSIBLE, R.DUPLICATE, R.OWN,
    }),
    Step.REST: frozenset({R.ASKED, R.LATER, R.SAFETY, R.OTHER, R.SENDER_WAITS, R.ELSEWHERE, R.AWAY, R.EXAMS, R.OWN}),
    Step.STOP: frozenset({R.ASKED, R.TOO_MUCH, R.SAFETY, R.TO_PREPARE, R.OTHER, R.AWAY, R.MISSING, R.OUT_OF_TIME, R.OWN}),
    Step.END: frozenset({
        R.COMPLETED, R.COMPLETED_VARIED, R.PART_COMPLETED, R.NOT_COMPLETED, R.NO_AGREEMENT_NEEDED, R.DIFFER, R.INDIRECT,
        R.ENDED_HARMED, R.ENDED_RESPONSIBLE, R.ENDED_GUARDIAN, R.DECLINED_AT_CONTACT, R.NOT_SUITABLE, R.NOT_SAFE, R.TRANSFERRED, R.TAKEN_BACK,
        R.NO_CONTACT_ORDER, R.NEW_OFFENCE, R.NO_CONTACT_POSSIBLE, R.OWN,
    }),
}  # fmt: skip

KEPT = frozenset({R.COMPLETED, R.COMPLETED_VARIED, R.PART_COMPLETED, R.NOT_COMPLETED})
"""Reasons that speak of an agreement; the others close a case that never had one in force."""


def known(*steps: Step) -> list[tuple[str, Any]]:
    """The codes that a column of these steps takes, in the order of the list."""
    taken = frozenset().union(*(AT[step] for step in steps))
    return [(reason.value, reason.label) for reason in Reason if reason in taken]
