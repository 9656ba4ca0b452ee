"""Every code that this house gives to somebody can be said over a phone and written by hand."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from setfair.access import by_mail
from setfair.accounts.actions import issue_code, replace_code
from setfair.accounts.models import Pass, User
from setfair.core.text import SPOKEN, typed
from setfair.people import own_ways
from setfair.referrals import actions, kept_drafts

from .asks import ask
from .test_draft import code_on
from .walk import SLUG, answer

ALIKE = ("0O", "1I", "1L", "2Z", "5S", "8B")
OF_OURS = re.compile(rf"[{SPOKEN}]{{8}}")


def of_whoever_asked(village):
    return ask(village.school)[1]


def of_whoever_lost_theirs(village):
    referral, _code = ask(village.school)
    return actions.give_code(referral, by=village.actor("cora"))


def of_somebody_in_the_circle(village):
    referral, _code = ask(village.school)
    return issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=referral.pk, by=village.actor("cora"))


def of_the_way_back(village):
    referral, _code = ask(village.school)
    return replace_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=referral.pk, by=village.actor("cora"))


@pytest.mark.parametrize("given", [of_whoever_asked, of_whoever_lost_theirs, of_somebody_in_the_circle, of_the_way_back])
def test_codes_to_come_in_with(village, given):
    with village.inside():
        for _n in range(12):
            assert OF_OURS.fullmatch(given(village))


def test_the_code_of_a_draft(village):
    client = Client()
    answer(client, until="when")
    assert OF_OURS.fullmatch(typed(code_on(client.post(reverse("ask_later", args=[SLUG])))))


def test_other_floors_make_theirs_in_the_same_place():
    assert {by_mail.new_code, own_ways.new_code, kept_drafts.new_code} == {by_mail.new_code}


def test_numbers_of_requests_have_one_letter_and_digits(village):
    with village.inside():
        refs = [ask(village.school)[0].ref for _n in range(3)]
    assert all(re.fullmatch(r"R-\d{4,}", ref) for ref in refs)


def test_codes_of_the_team_mix_no_letters_and_digits(village):
    """Sent by e-mail and printed: letters alone, or digits alone, so that no letter is taken for a digit."""
    codes = [get_adapter().generate_login_code() for _n in range(50)]
    spares = RecoveryCodes.activate(User.objects.get(name="Ada Pryce")).get_unused_codes()
    assert all(typed(code).isalpha() or typed(code).isdecimal() for code in (*codes, *spares))
    assert [pair for pair in ALIKE if set(pair) <= set(typed("".join(codes)))] == []
