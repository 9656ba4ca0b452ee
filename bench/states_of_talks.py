"""Requests of people who only want to learn more, for the screens: one asked, and a talk offered, booked and held."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from setfair.core import clock
from setfair.core.actor import anyone
from setfair.programmes.actions import report_problem
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral
from setfair.village.build import Village


def stand_for_talks(village: Village, at: dict[str, dict[str, Any]], codes: dict[str, str]) -> None:
    report_problem(by=anyone(village.school.pk), page="choice", words="The button is under the keyboard.")
    by, soon, before = village.actor("cora"), clock.now() + timedelta(days=2), clock.now() - timedelta(hours=2)
    for name in ("talk_wanted", "talk_offered", "talk_booked", "talk_held", "talk_over"):
        referral, code = referrals.ask(
            by=anyone(village.school.pk), form_key=uuid.uuid4(), source=Referral.Source.PARENT, story="", wish=Referral.Wish.TALK,
            reach={"email": f"{name}@home.example"}, asker="A parent",
        )  # fmt: skip
        at[name], codes[f"{name}.asker"] = {"ref": referral.ref}, code
        if name == "talk_wanted":
            continue
        days = [soon + timedelta(hours=n) for n in (0, 3)]
        talk = referrals.offer_talk(
            referral, by=by, times=days, holder=village.users["fadi"].pk, place="Room 12", brief="Wants to know how it works."
        )
        at[f"{name}.talk"] = {"pk": talk.pk}
        if name == "talk_booked":
            referrals.note_time(talk, by=by, starts_at=soon)
        if name in ("talk_held", "talk_over"):
            referrals.note_time(talk, by=by, starts_at=before)
            referrals.hold_talk(talk, by=by)
        if name == "talk_over":
            referrals.follow_up(talk, by=by, after="enough", words="Glad to know that we are here.")
    _told_twice(village, at)
    referral, code = referrals.ask(
        by=anyone(village.school.pk), form_key=uuid.uuid4(), source=Referral.Source.SELF_HARMED, story="There was shoving.",
        reach={"email": "later@home.example"}, asker="Ravi Underwood",
    )  # fmt: skip
    at["resting"], codes["resting.asker"] = {"ref": referral.ref}, code
    referrals.rest(referral, by=by, reason="exams", look_on=soon.date() + timedelta(days=10))


def _told_twice(village: Village, at: dict[str, dict[str, Any]]) -> None:
    """The same thing told by two, the second time in a language that nobody of the team reads, about somebody of the team."""
    people = [{"name": "Ravi Underwood", "role": "responsible"}, {"name": "Mr Brandt", "role": "affected"}]
    for story in ("He pushed me in the yard, and Mr Brandt saw it.", "دفعني أحد الطلاب في ساحة المدرسة، وأريد أن نتحدث."):
        referral, _code = referrals.ask(
            by=anyone(village.school.pk), form_key=uuid.uuid4(), source=Referral.Source.SELF_HARMED, story=story, people=people,
            reach={"email": "yard@home.example"},
        )  # fmt: skip
        at["told_twice"] = {"ref": referral.ref}
