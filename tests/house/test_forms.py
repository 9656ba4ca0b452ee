"""What a form may carry, written by hand: a field too many is a right too many."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django import forms

import setfair
from setfair.ui import samples

NO_ACCOUNT: dict[str, str] = {
    "access.CodeForm": "code",
    "access.SureForm": "code",
    "agreements.CheckForm": "code",
    "conferences.RoomForm": "code",
    "agreements.SignForm": "remark remark_shown seen read agree know typed_name",
    "agreements.TabletForm": "remark remark_shown seen read agree know typed_name whose",
    "agreements.NumberForm": "tablet_number",
    "agreements.ConcernForm": "words",
    "agreements.FitForm": "seen",
    "agreements.NoForm": "words",
    "agreements.RestForm": "until",
    "agreements.HowForm": "form_key how words",
    "agreements.ProofFileForm": "file",
    "agreements.SendFileForm": "words",
    "outcomes.WishForm": "choice",
    "restitution.PaidForm": "form_key amount paid_on",
    "restitution.BackForm": "which",
    "restitution.CameForm": "form_key amount paid_on which",
    "restitution.WordForm": "which word amount",
    "people.OwnWayForm": "value may_leave_message may_say_who days starts ends also_reads",
    "preparation.AnswerForm": "answer sure",
    "preparation.ScopesForm": "seen",
    "preparation.StopForm": "what",
    "preparation.PartForm": "part",
    "voices.HopeForm": "goals words",
    "voices.CompanionForm": "name reach may_write",
    "voices.StandInForm": "place say limits back when",
    "voices.OwnWordsForm": "say ask hear helps reads",
    "sheets.SizeForm": "size plain",
    "preparation.ComplaintForm": "words",
    "exchanges.PieceForm": "meant words done form_key",
    "keeping.AskingForm": "wants",
    "safety.AlarmForm": "form_key words reach about",
    "scheduling.TimesForm": "",
    "scheduling.RoundForm": "none weekly call",
    "scheduling.StillForm": "about answer",
    "scheduling.OfferAnswerForm": "",
    "scheduling.NoLongerForm": "about answer",
    "referrals.Now": "answer",
    "referrals.Wish": "wish",
    "referrals.Who": "source",
    "referrals.Name": "asker for_whom",
    "referrals.Story": "story",
    "referrals.When": "day words",
    "referrals.Others": "others_know",
    "referrals.Safe": "safety safety_worry",
    "referrals.Reach": "sms email call message_ok post through times none",
    "referrals.Access": "language other_language needs",
    "referrals.Send": "website",
    "referrals.More": "words",
    "referrals.Change": "deadline what words reason",
    "referrals.People": "name role",
    "referrals.Named": "name reach wait",
    "referrals.Responsible": "name reach wait",
    "referrals.Harmed": "name reach wait",
    "referrals.You": "source office asker email call",
    "referrals.Matter": "day words story",
    "referrals.Legal": "legal_stage court_number deadline",
    "referrals.Orders": "orders safety safety_worry",
    "referrals.Back": "wanted_back",
    "referrals.ChooseTime": "time",
    "referrals.ProblemForm": "page website words",
    "referrals.Step": "",
}
"""What people without an account may send. Whom it is about, and for whom they speak, is never among it: that is known by their pass."""

STAFF_WING = {
    "referrals.Accept", "referrals.AgreedTime", "referrals.Apart", "referrals.Brought", "referrals.FollowUp", "referrals.OfferTalk",
    "referrals.Clear", "referrals.Decline", "referrals.Entry", "referrals.Rest", "referrals.Told",
}  # fmt: skip
NEVER = {"programme", "case", "by", "actor", "at", "ref", "version", "recorded_at", "is_staff", "is_superuser", "is_active", "password_hash"}
"""Decided by the door, the mover and the clock, never by a form."""
FILTERS = {"desk.CaseFilter": {"stage"}}


def every_form() -> dict[str, type[forms.BaseForm]]:
    found = {}
    for module in pkgutil.walk_packages(setfair.__path__, "setfair."):
        if {"tests", "migrations"} & set(module.name.split(".")):
            continue
        here = importlib.import_module(module.name)
        if here is samples:
            continue
        for name, form in vars(here).items():
            if isinstance(form, type) and issubclass(form, forms.BaseForm) and form.__module__ == here.__name__:
                found[f"{module.name.split('.')[1]}.{name}"] = form
    return found


FORMS = every_form()


def of_no_account() -> set[str]:
    """Those of the public pages, and those named above."""
    public = {name for name, form in FORMS.items() if form.__module__.startswith("setfair.referrals.forms")}
    return public - STAFF_WING | set(NO_ACCOUNT)


@pytest.mark.parametrize("name", sorted(of_no_account()))
def test_people_without_an_account_send_these_fields_and_no_others(name):
    assert " ".join(FORMS[name].base_fields) == NO_ACCOUNT[name]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_what_doors_and_verbs_decide_is_no_field(name):
    allowed = FILTERS.get(name, set())
    assert set(FORMS[name].base_fields) & (NEVER | {"stage"}) == allowed
