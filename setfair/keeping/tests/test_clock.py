"""The clock: told two weeks before, put off by what is owed, forgotten on the day, and never without having been told."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.cases.actions import seal
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.models import Entry
from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why
from setfair.keeping.endings import BOUNDS, DEFAULT, OF_REASON, Group
from setfair.keeping.models import Notice, Rule, Tombstone
from setfair.keeping.tasks import keep_the_promise
from setfair.preparation import actions as preparation
from setfair.programmes.reasons import AT, Step
from setfair.referrals import actions as referrals
from setfair.village.cast import CIRCLE, OTHER
from setfair.village.forgetting import near_its_day
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def near(village):
    with village.inside():
        return near_its_day(village, village.school, circle=CIRCLE, matter=2)


def aged(village, circle=CIRCLE):
    """Ended 385 days ago; told of four weeks ago, for a day two weeks ago."""
    with at(timezone.now() - timedelta(days=29)):
        return near_its_day(village, village.school, circle=circle, matter=3)


def test_every_ending_has_its_rule_and_no_rule_is_for_ever():
    assert set(OF_REASON) == AT[Step.END]
    assert {group: (DEFAULT[group], *BOUNDS[group]) for group in Group} == {
        "kept": (365, 30, 2555),
        "broken": (365, 30, 2555),
        "ended": (365, 30, 2555),
        "never": (365, 30, 2555),
        "declined": (30, 0, 365),
        "taken_back": (30, 0, 365),
        "stray": (30, 1, 90),
    }


def test_the_database_takes_no_rule_beyond_the_bounds(village):
    with village.inside():
        for group, days in (("kept", 2556), ("kept", 29), ("declined", 366)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Rule.objects.create(group=group, days=days, by=uuid.uuid4())


def test_the_clock_tells_once_and_forgets_what_is_due_and_nothing_else(village, at_following_up):
    with village.inside():
        gone, fresh = aged(village), near_its_day(village, village.school, circle=OTHER, matter=1)
    keep_the_promise()
    keep_the_promise()
    with village.inside():
        assert set(Case.objects.values_list("pk", flat=True)) == {fresh.case.pk, at_following_up.case.pk}
        assert Notice.objects.filter(case=fresh.case).count() == 1
        assert [(t.group, t.promises) for t in Tombstone.objects.all()] == [("never", 0)]
        assert queries.forgotten_in(gone.case.ref) == timezone.localdate().replace(day=1)


def test_a_new_case_with_the_same_person_puts_it_off_and_its_end_lets_it_go(village):
    with village.inside():
        story, new = aged(village), case_at(village, Stage.PREPARING, circle=OTHER)
        added = Participation.objects.create(case=new.case, person=story.hana.person, role="supporter")
        assert queries.postponed_by(story.case) == ["Something else that is open still needs it."]
    keep_the_promise()
    with village.inside():
        assert Case.objects.filter(pk=story.case.pk).exists()
        Participation.objects.filter(pk=added.pk).update(left_at=timezone.now())
    keep_the_promise()
    with village.inside():
        assert not Case.objects.filter(pk=story.case.pk).exists()


def test_a_word_past_the_team_that_nobody_took_up_puts_it_off(village):
    with village.inside(), at(timezone.now() - timedelta(days=64)):
        story = near_its_day(village, village.school, circle=CIRCLE, matter=2)
    with village.inside(), at(timezone.now() - timedelta(days=700)):
        other = case_at(village, Stage.PREPARING, circle=OTHER)
        by = Actor(Kind.PARTICIPANT, village.school.pk, next(iter(other.people.values())).pk)
        preparation.complain(next(iter(other.people.values())), by=by, words="They do not listen.")
    with village.inside():
        assert queries.postponed_by(other.case) == ["Somebody wrote past those who run the meeting, and nobody sees to it yet."]
        assert queries.postponed_by(story.case) == []


@pytest.mark.parametrize("who", ["cora", "sven"])
def test_who_may_not_read_a_word_past_the_team_is_not_told_that_it_was_written(village, client, who):
    with village.inside():
        story = aged(village)
        preparation.complain(story.hana, by=story.me("hana"), words="They do not listen.")
    page = village.sign_in(client, who).get(reverse("case_keeping", args=[story.case.ref])).content.decode()
    told = ("Somebody wrote past those who run the meeting" in page, "Something is still open that others look at." in page)
    assert told == (who == "sven", who == "cora")


def test_a_hold_stops_everything_until_it_is_lifted_and_even_the_database_keeps_it(village):
    with village.inside():
        story, sven = aged(village), village.actor("sven")
        hold = actions.place_hold(story.case, by=sven, reason="The court asked for it.")
        with pytest.raises(actions.CannotKeep, match="already"):
            actions.place_hold(story.case, by=sven, reason="Again.")
        with pytest.raises(actions.CannotKeep, match="90 days"):
            actions.review(hold, by=sven, look_on=timezone.localdate() + timedelta(days=91))
    keep_the_promise()
    with village.inside():
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT keeping_forget_case(%s)", [story.case.pk])
        actions.review(hold, by=sven)
        assert queries.looked_at_on(hold) == timezone.localdate() + timedelta(days=90)
        actions.lift(hold, by=sven)
    keep_the_promise()
    with village.inside():
        assert not Case.objects.filter(pk=story.case.pk).exists()


def test_a_hold_on_a_request_goes_on_for_the_case_that_came_of_it(village, monkeypatch):
    sven, plain = village.actor("sven"), referrals.accept

    def held_before_it_is_accepted(referral, **said):
        actions.place_hold(referral, by=sven, reason="The court asked for it.")
        return plain(referral, **said)

    monkeypatch.setattr(referrals, "accept", held_before_it_is_accepted)
    with village.inside():
        story = aged(village)
        assert queries.postponed_by(story.case) == ["There is a legal hold on it."]
        asking = actions.note_asking(story.hana, by=story.lead, wants=Wants.FORGET)
        assert queries.can_be_answered(asking) == [(How.NOT_YET, Why.HELD)]
        actions.answer(asking, by=story.coordinator, how=How.NOT_YET, why=Why.HELD)
        assert not queries.open_askings().exists()
    keep_the_promise()
    with village.inside():
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT keeping_forget_case(%s)", [story.case.pk])
        actions.lift(queries.holds(story.case)[0], by=sven)
        assert list(queries.open_askings()) == [asking]


def test_it_is_kept_longer_once_and_told_of_anew(near, village):
    with village.inside():
        until = timezone.localdate() + timedelta(days=200)
        actions.keep_longer(near.case, by=near.coordinator, until=until, reason="They may come back in spring.")
        assert (queries.forget_on(near.case), queries.noticed(near.case)) == (until, None)
        with pytest.raises(actions.CannotKeep, match="once already"):
            actions.keep_longer(near.case, by=near.coordinator, until=until + timedelta(days=3), reason="More.")


def test_the_coordinator_reads_it_on_today_with_one_button_until_somebody_looked(near, village, client):
    village.sign_in(client, "cora")
    page = reverse("case_keeping", kwargs={"ref": near.case.ref})
    assert page in client.get(reverse("today")).text
    assert "I have looked, it may go" in client.get(page).text
    client.post(reverse("case_may_go", kwargs={"ref": near.case.ref}))
    assert page not in client.get(reverse("today")).text
    assert "Somebody has looked" in client.get(page).text


def test_an_old_link_says_the_month_to_the_team_and_nothing_to_others(village, browser_clients):
    with village.inside():
        story = aged(village)
    keep_the_promise()
    page = reverse("case", kwargs={"ref": story.case.ref})
    answers = {}
    for key in ("cora", "ada", "ines", "nour"):
        answer = village.sign_in(browser_clients(), key).get(page)
        answers[key] = (answer.status_code, "as promised" in answer.text)
    assert answers == {"cora": (410, True), "ada": (404, False), "ines": (404, False), "nour": (404, False)}
    cora = village.sign_in(browser_clients(), "cora")
    for name in ("today", "cases", "requests", "post", "keeping"):
        assert cora.get(reverse(name)).status_code == 200
    found = cora.get(reverse("cases"), {"q": "Delacourt", "tab": "closed"})
    assert (found.status_code, story.case.alias in found.text) == (200, False)


def test_rules_are_changed_by_the_administrator_who_shows_it_is_them_and_the_journal_has_both_numbers(village, client):
    page = reverse("keeping_rules")
    village.ada.set_password("a long way round the lake")
    village.ada.save()
    client.force_login(village.ada)
    assert client.get(page)["Location"].startswith(reverse("account_reauthenticate"))
    with village.inside():
        for group, days in (("kept", 200), ("declined", 0)):
            actions.set_rules(village.school, by=village.actor("ada"), days={Group(group): days})
        with pytest.raises(actions.CannotKeep):
            actions.set_rules(village.school, by=village.actor("ada"), days={Group.KEPT: 9999})
        assert queries.rules() == DEFAULT | {Group.KEPT: 200, Group.DECLINED: 0}
        lines = [e.detail for e in Entry.objects.filter(verb="changed_keeping").order_by("id")]
        assert lines == [{"group": "kept", "before": 365, "after": 200}, {"group": "declined", "before": 30, "after": 0}]
    with village.inside(village.county):
        assert queries.rules() == DEFAULT


def test_a_hold_on_a_number_names_nothing_that_is_sealed_or_next_door(village, browser_clients, at_closed):
    with village.inside():
        sealed = near_its_day(village, village.school, circle=OTHER, matter=1)
        seal(sealed.case, by=sealed.coordinator, why="office", team=[village.cora])
    place, said = reverse("legal_holds"), {"reason": "The court asked for it.", "look_on": ""}
    sven, ada, nour = (village.sign_in(browser_clients(), key) for key in ("sven", "ada", "nour"))
    assert [c.post(place, said | {"number": sealed.case.ref}).status_code for c in (sven, ada)] == [422, 422]
    assert nour.post(place, said | {"number": at_closed.case.ref}).status_code == 422
    assert ada.post(place, said | {"number": at_closed.referral.ref.lower()}).status_code == 302
    assert [at_closed.case.ref in c.get(place).text for c in (sven, ada, nour)] == [True, True, False]
    with village.inside():
        hold = queries.live_holds().get()
        assert (hold.case_id, "court" in str(hold.__dict__["reason"])) == (at_closed.case.pk, False)
    assert ada.post(reverse("legal_hold_stays"), {"hold": str(hold.pk)}).status_code == 302
    assert nour.post(reverse("legal_hold_lift"), {"hold": str(hold.pk)}).status_code == 302
    with village.inside():
        assert queries.live_holds().count() == 1
    sven.post(reverse("legal_hold_lift"), {"hold": str(hold.pk)})
    with village.inside():
        assert queries.live_holds().count() == 0
