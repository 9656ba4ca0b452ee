"""When somebody leaves, nothing they held is left hanging."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from setfair.accounts.models import User
from setfair.cases import actions
from setfair.cases.actions import CannotChange
from setfair.cases.models import Assignment, Case, Duty
from setfair.core import clock
from setfair.desk.actions import end_role
from setfair.facilitators import actions as facilitators
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership, Role
from setfair.scheduling.team_for import team_for
from setfair.village.story import opened

from .todays import rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(village):
    """Sven coordinates beside Cora."""
    with village.inside():
        Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
        yield village


def membership(village, key, role):
    return Membership.objects.get(user=village.users[key], role=role, ended_at__isnull=True)


def test_a_case_goes_from_one_coordinator_to_another_and_the_journal_says_so(two):
    case = opened(two).case
    actions.hand_over(case, by=two.actor("cora"), to=two.sven)
    actions.hand_over(case, by=two.actor("cora"), to=two.sven)
    assert Case.objects.get(pk=case.pk).coordinator == two.sven
    assert [(e.actor_id, e.subject_id) for e in Entry.objects.filter(verb="handed_over")] == [(two.cora.pk, str(case.pk))]


@pytest.mark.parametrize("key", ["ada", "fadi", "nour"])
def test_nobody_takes_a_case_who_does_not_coordinate_here(two, key):
    case = opened(two).case
    with pytest.raises(CannotChange, match="does not coordinate here now"):
        actions.hand_over(case, by=two.actor("cora"), to=two.users[key])
    assert Case.objects.get(pk=case.pk).coordinator == two.cora


def test_the_page_offers_the_other_coordinators(two, client):
    case = opened(two).case
    cora, page = two.sign_in(client, "cora"), reverse("hand_over", args=[case.ref])
    assert [str(label) for _value, label in cora.get(page).context["form"].fields["to"].choices] == ["Choose", "Sven Aldous"]
    assert cora.post(page, {"to": two.ada.pk}).status_code == 422
    assert cora.post(page, {"to": two.sven.pk}).status_code == 302
    assert Case.objects.get(pk=case.pk).coordinator == two.sven


def test_whoever_ends_the_role_of_a_coordinator_is_asked_who_takes_the_cases(two, client):
    cases = [opened(two, matter=n).case for n in range(2)]
    ada, end = two.sign_in(client, "ada"), reverse("settings_people_end", args=[membership(two, "cora", Role.COORDINATOR).pk])
    page = ada.post(end)
    assert "Cora Ellery has open cases: who takes them?" in page.content.decode()
    assert ada.post(end, {"to": ""}).status_code == 422
    assert membership(two, "cora", Role.COORDINATOR).ended_at is None
    ada.post(end, {"to": two.sven.pk})
    assert set(Case.objects.filter(pk__in=[c.pk for c in cases]).values_list("coordinator", flat=True)) == {two.sven.pk}
    assert not Membership.objects.filter(user=two.cora, ended_at__isnull=True).exists()


def test_left_to_nobody_they_are_everyones(two, client):
    case = opened(two).case
    ada, end = two.sign_in(client, "ada"), reverse("settings_people_end", args=[membership(two, "cora", Role.COORDINATOR).pk])
    assert ada.post(end, {"to": "nobody"}).status_code == 302
    assert Case.objects.get(pk=case.pk).coordinator == two.cora
    assert rules(two, "sven") == ["empty"]


def alerted():
    return sorted(Letter.objects.filter(key__startswith="look:").values_list("reader_id", flat=True))


def test_an_alert_goes_to_who_coordinates_now_and_to_the_staff_who_hold_the_circle(two, at_ready):
    story = at_ready
    end_role(membership(two, "cora", Role.COORDINATOR), by=two.actor("ada"))
    preparation.withdraw(story.hana, by=story.me("hana"))
    assert alerted() == sorted([two.sven.pk, two.fadi.pk])


def test_an_alert_goes_to_the_cases_own_coordinator_and_the_staff_who_hold_it_alone(two, at_ready):
    story = at_ready
    preparation.withdraw(story.hana, by=story.me("hana"))
    assert alerted() == sorted([two.cora.pk, two.fadi.pk])


def missing(village):
    """Without the day of the meeting, which may be tomorrow."""
    return [rule for rule in rules(village) if rule != "day"]


def test_somebody_without_any_role_facilitates_nothing_and_today_says_who_is_missing(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        assert missing(village) == []
        end_role(membership(village, "fadi", Role.FACILITATOR), by=village.actor("ada"))
        assert not Assignment.objects.filter(facilitator__user=village.fadi, ended_at__isnull=True).exists()
        assert missing(village) == ["unled"]
        actions.assign(story.case, by=story.coordinator, facilitator=village.facilitator("mina"), part="lead")
        assert missing(village) == []


def test_an_administrator_who_facilitated_is_taken_off_with_their_last_role(two):
    case = opened(two).case
    Membership.objects.create(user=two.sven, role=Role.ADMINISTRATOR)
    ada = facilitators.take_in(by=two.actor("cora"), user=two.ada, kind="staff")
    actions.assign(case, by=two.actor("cora"), facilitator=ada, part="co")
    end_role(membership(two, "ada", Role.ADMINISTRATOR), by=two.actor("sven"))
    assert not Assignment.objects.filter(case=case, ended_at__isnull=True).exists()


def asked(village, case, key, starts_at):
    return actions.ask_to_help(
        case, by=village.actor("cora"), facilitator=village.facilitator(key), part="co", starts_at=starts_at, minutes=60
    )  # fmt: skip


@pytest.mark.parametrize("stays", [True, False])
def test_whoever_facilitates_no_more_is_asked_nothing_and_lets_themselves_in_by_no_link(village, stays):
    with village.inside():
        case, soon = opened(village).case, clock.now() + timedelta(days=20)
        duty = asked(village, case, "mina", soon)
        link = re.search(r"/p/\S+/day/\S+", Letter.objects.get(key=f"duty:{duty.pk}:asked").body)[0]
        if stays:
            Membership.objects.create(user=village.users["mina"], role=Role.ADMINISTRATOR)
        end_role(membership(village, "mina", Role.FACILITATOR), by=village.actor("ada"))
        assert Duty.objects.get().answer == Duty.Answer.OFF
        assert Letter.objects.filter(key=f"duty:{duty.pk}:off").count() == 1
        Client().post(link, {"answer": "yes"})
        assert not Assignment.objects.filter(case=case, ended_at__isnull=True).exists()
        with pytest.raises(CannotChange, match="^Mina .* has no role here any more.$"):
            asked(village, case, "mina", soon)
        found = team_for(case, soon.date(), soon.date())
        assert [why for name, why in found.others if name == village.users["mina"].name] == ["has no role here any more"]


@pytest.mark.parametrize("how", ["role", "account"])
def test_a_yes_is_looked_at_anew(village, how):
    with village.inside():
        case = opened(village).case
        duty = asked(village, case, "mina", clock.now() + timedelta(days=20))
        if how == "role":
            Membership.objects.filter(user=village.users["mina"]).update(ended_at=clock.now())
        else:
            User.objects.filter(pk=village.users["mina"].pk).update(is_active=False)
        assert actions.say_yes_to(duty, by=village.actor("mina")).answer == Duty.Answer.TAKEN
        assert not Assignment.objects.filter(case=case, ended_at__isnull=True).exists()
