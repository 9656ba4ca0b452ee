"""A code lasts and can be replaced on the spot; a link works once. What is stored opens nothing."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from setfair.accounts.actions import CannotSpend, issue_code, issue_link, replace_code, revoke_passes, revoke_passes_over, spend_link
from setfair.accounts.models import Pass
from setfair.accounts.queries import last_code, pass_behind
from setfair.core import tenant
from setfair.core.actor import system
from setfair.core.text import SPOKEN, shown
from setfair.journal.models import Entry

pytestmark = pytest.mark.django_db

PARTICIPATION = Pass.Bearer.PARTICIPATION


@pytest.fixture
def someone():
    return uuid.uuid4()


@pytest.fixture
def school(village):
    with village.inside():
        yield system(village.school.pk)


def code_for(bearer_id, by):
    return issue_code(bearer=PARTICIPATION, bearer_id=bearer_id, by=by)


def link_for(bearer_id, by, **more):
    return issue_link(bearer=PARTICIPATION, bearer_id=bearer_id, by=by, **more)


def behind(text):
    found = pass_behind(text)
    return Pass.objects.get(pk=found.pass_id) if found else None


def test_a_code_can_be_typed_as_people_type(school, someone):
    code = code_for(someone, school)
    assert len(code) == 8
    assert set(code) <= set(SPOKEN)
    for typed in (code, code.lower(), shown(code), f" {code[:4]} {code[4:]} ", shown(code).replace("-", "–")):
        assert behind(typed).bearer_id == someone


def test_what_is_stored_opens_nothing(school, someone):
    code, token = code_for(someone, school), link_for(someone, school)
    for kept in Pass.objects.all():
        digest = bytes(kept.digest)
        assert len(digest) == 32
        for text in (code, token):
            assert text.encode() not in digest
            assert pass_behind(digest.hex()) is None
    said = [str(line.detail) for line in Entry.objects.all()]
    assert not any(code in line or token in line for line in said)


def test_a_new_code_ends_the_old_one_and_nobody_elses(school, someone):
    neighbour = uuid.uuid4()
    first, other = code_for(someone, school), code_for(neighbour, school)
    second = code_for(someone, school)
    assert behind(first) is None
    assert behind(second).bearer_id == someone
    assert behind(other).bearer_id == neighbour
    assert last_code(bearer=PARTICIPATION, bearer_id=someone) == behind(second)


def test_a_code_leads_to_its_own_programme(village, someone):
    with village.inside(village.county):
        code = code_for(someone, system(village.county.pk))
    with village.inside():
        assert pass_behind(code).programme_id == village.county.pk
        assert behind_here(code) == []


def behind_here(code):
    return list(Pass.objects.filter(pk=pass_behind(code).pass_id))


def test_a_link_is_spent_once(school, someone):
    token = link_for(someone, school)
    link = behind(token)
    assert spend_link(link, by=school).spent_at is not None
    with pytest.raises(CannotSpend):
        spend_link(link, by=school)
    assert [line.verb for line in Entry.objects.filter(subject_id=str(link.pk)).order_by("id")] == ["issued_link", "spent_link"]


def test_a_link_runs_out(school, someone):
    token = link_for(someone, school, hours=1)
    link = behind(token)
    Pass.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert pass_behind(token) is None
    with pytest.raises(CannotSpend):
        spend_link(link, by=school)


def test_a_link_runs_out_after_three_days_unless_said_otherwise(school, someone):
    with time_machine.travel(timezone.now(), tick=False):
        link = behind(link_for(someone, school))
        assert link.expires_at - timezone.now() == timedelta(hours=72)


def test_one_unused_link_lives_at_a_time(school, someone):
    used, first = link_for(someone, school), None
    spend_link(behind(used), by=school)
    first = link_for(someone, school)
    second = link_for(someone, school)
    assert behind(first) is None
    assert behind(second).bearer_id == someone
    assert behind(used).spent_at is not None


def test_a_code_cannot_be_spent(school, someone):
    code = code_for(someone, school)
    with pytest.raises(CannotSpend):
        spend_link(behind(code), by=school)
    assert behind(code).spent_at is None


def test_everything_of_one_person_can_be_taken_back(school, someone):
    neighbour = uuid.uuid4()
    theirs = [code_for(someone, school), link_for(someone, school)]
    other = code_for(neighbour, school)
    assert revoke_passes(bearer=PARTICIPATION, bearer_id=someone, by=school) == 2
    assert [pass_behind(text) for text in theirs] == [None, None]
    assert behind(other).bearer_id == neighbour
    assert revoke_passes(bearer=PARTICIPATION, bearer_id=someone, by=school) == 0
    assert Entry.objects.filter(verb="revoked_passes").get().detail == {"bearer": "participation", "bearer_id": str(someone), "count": 2}


def test_a_new_code_ends_every_way_in_there_was(school, someone):
    neighbour = uuid.uuid4()
    other = link_for(neighbour, school)
    old, unused = code_for(someone, school), link_for(someone, school)
    used = behind(unused)
    spend_link(used, by=school)
    waiting = link_for(someone, school)
    new = code_for(someone, school)
    assert [pass_behind(text) for text in (old, unused, waiting)] == [None, None, None]
    assert (behind(new).bearer_id, behind(other).bearer_id) == (someone, neighbour)


def test_a_code_of_the_same_invitation_leaves_its_link(school, someone):
    old, link = code_for(someone, school), link_for(someone, school)
    new = replace_code(bearer=PARTICIPATION, bearer_id=someone, by=school)
    assert pass_behind(old) is None
    assert {behind(link).bearer_id, behind(new).bearer_id} == {someone}


def test_a_way_that_is_safe_no_more_takes_its_links_along(school, someone):
    reader, second = uuid.uuid4(), uuid.uuid4()
    theirs = link_for(someone, school, reader=reader, way="email")
    over_phone = link_for(second, school, reader=reader, way="sms")
    others = link_for(uuid.uuid4(), school, reader=uuid.uuid4(), way="email")
    spend_link(behind(theirs), by=school)
    assert revoke_passes_over("email", reader=reader, by=school) == 1
    assert pass_behind(theirs) is None
    assert None not in (pass_behind(over_phone), pass_behind(others))
    assert revoke_passes_over("email", reader=reader, by=school) == 0


@pytest.mark.parametrize("guess", ["", " ", "-", "AAAA-AAAA", "0" * 41, "é" * 60, "x" * 100_000, "👩🏽‍🦱"])
def test_a_guess_leads_nowhere(school, someone, guess):
    code_for(someone, school)
    assert pass_behind(guess) is None


def test_another_programme_cannot_take_a_code_back(village, someone):
    with village.inside(village.county):
        code = code_for(someone, system(village.county.pk))
    with village.inside():
        assert revoke_passes(bearer=PARTICIPATION, bearer_id=someone, by=system(village.school.pk)) == 0
    with tenant.inside(village.county.pk):
        assert behind(code).revoked_at is None
