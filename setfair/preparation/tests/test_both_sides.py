"""Who stands where: somebody on both sides, somebody who turns out to be affected, somebody who would only watch."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation, Role
from setfair.conferences.models import Conference
from setfair.conferences.queries import asked, seating
from setfair.conferences.queries import pages as script_pages
from setfair.desk.prepared import lacking
from setfair.journal.models import Entry
from setfair.outcomes.queries import harmed
from setfair.preparation import actions
from setfair.preparation.models import ObserverAnswer
from setfair.preparation.queries import blockers, questions
from setfair.scheduling.models import Booking, Seat
from setfair.scheduling.queries import arrival
from setfair.village.story import opened
from setfair.village.time import at, today


def named(case):
    return [(b.code, b.participation.person.shown if b.participation else None) for b in blockers(case)]


def is_prepared(case):
    return type(case).objects.filter(pk=case.pk).exclude(lacking(today(case.programme))).exists()


def prepare(story, person):
    actions.meet(person, by=story.lead, held_on=today(story.programme), minutes=30)
    actions.check_safety(person, by=story.lead, level="low")
    if "responsible" in person.roles:
        actions.acknowledge(person, by=story.lead, given=True)
    actions.consent(person, by=story.lead, answer="yes")
    if person.role == Role.AFFECTED:
        actions.consent(person, by=story.lead, answer="yes", scope="support")


def test_two_who_hurt_each_other_and_a_third_who_was_hurt_go_the_whole_way(village):
    """Two boys who fought stand on both sides, each in one place; a third was hurt only, a fourth did something only."""
    with village.inside():
        story = opened(village)
        case, by = story.case, story.coordinator
        with pytest.raises(cases.CannotChange, match="Only a person harmed or responsible can be both."):
            cases.add_person(case, by=by, name="Uma", role=Role.SUPPORTER, also=Role.HARMED)
        born = {"birth_year": 2001}
        ari = cases.add_person(case, by=by, name="Ari", role=Role.HARMED, also=Role.RESPONSIBLE, **born)
        ben = cases.add_person(case, by=by, name="Ben", role=Role.RESPONSIBLE, also=Role.HARMED, **born)
        story.people = {"ari": ari, "ben": ben}
        story.assign_team()
        assert [code for code, name in named(case) if name == "Ari"] == ["meeting", "acknowledgement", "consent", "safety"]
        assert [code for code, _name in named(case) if code in ("harmed", "responsible")] == []
        assert (ari.shape, ari.get_role_display(), ben.get_role_display()) == (
            "diamond", "person harmed and person responsible", "person responsible and person harmed",
        )  # fmt: skip
        for name, role in (("Cleo", Role.HARMED), ("Dov", Role.RESPONSIBLE)):
            story.people[name] = cases.add_person(case, by=by, name=name, role=role, **born)
        for person in story.people.values():
            assert not is_prepared(case)
            prepare(story, person)
        assert (named(case), is_prepared(case)) == ([], True)
        everything = {page.asks for page in questions(ari, "en")}
        assert everything == {page.asks for page in questions(story.people["Cleo"], "en")} | {
            page.asks for page in questions(story.people["Dov"], "en")
        }
        story.declare_ready()
        story.book()
        assert Seat.objects.filter(booking=story.booking, occupant=ari.person_id).count() == 1
        assert [int((story.booking.starts_at - arrival(story.booking, p)).total_seconds() / 60) for p in story.people.values()] == [15, 15, 15, 5]
        people = list(story.people.values())
        conference = Conference.objects.get(case=case)
        assert [chair.name for chair in seating(conference, people) if chair.participation].count("Ari") == 1
        by_role = {page.asks: asked(page, people, {}) for page in script_pages(conference, people, {})}
        assert (by_role["harmed"], by_role["responsible"]) == (["Ari", "Ben", "Cleo"], ["Ari", "Ben", "Dov"])
        assert [p.person.shown for p in harmed(case)] == ["Ari", "Ben", "Cleo"]
    with village.inside(), pytest.raises(IntegrityError, match="participation_also"), transaction.atomic():
        Participation.objects.filter(pk=ari.pk).update(also="supporter")


def test_a_supporter_who_turns_out_to_be_affected_is_met_and_asked_anew(client, village, at_scheduled, browser_clients):
    story, page = at_scheduled, reverse("home")
    with village.inside():
        code = actions.reissue(story.sol, by=story.lead)
        was = story.sol
    said = {"role": "affected", "stands_by": "", "place": "1"}
    assert village.sign_in(client, "fadi").post(reverse("person_place", args=[was.pk]), said).status_code == 404
    cora = village.sign_in(browser_clients(), "cora")
    assert cora.post(reverse("person_place", args=[was.pk]), said).status_code == 302
    with village.inside():
        story.case.refresh_from_db()
        now = Participation.objects.get(case=story.case, person=was.person, left_at=None)
        assert (story.case.stage, Booking.objects.filter(case=story.case, released_at=None).count()) == (Stage.PREPARING, 0)
        assert (now.role, named(story.case)) == ("affected", [("meeting", "Sol"), ("consent", "Sol"), ("safety", "Sol"), ("support", "Sol")])
        assert Entry.objects.get(verb="place_changed").detail == {"was": "supporter", "now": "affected"}
        assert not is_prepared(story.case)
    sol = browser_clients()
    assert sol.post(reverse("code"), {"code": code}).status_code == 302
    home = sol.get(page).content.decode()
    assert ("You are here as somebody else now. So we ask you again." in home, "We would like to ask you." in home) == (True, True)
    with village.inside():
        prepare(story, now)
        assert (named(story.case), is_prepared(story.case)) == ([], True)
        again = cases.correct_place(now, by=story.coordinator, role="affected", stands_by=None, guardian_needed=False, has_authority=False)
        assert (again.pk, Participation.objects.filter(case=story.case, person=was.person).count()) == (now.pk, 2)


def test_a_slip_is_put_right_in_the_same_place_while_nothing_was_said(village, at_preparing):
    with village.inside():
        story = at_preparing
        said = {"stands_by": None, "guardian_needed": False, "has_authority": False}
        corrected = cases.correct_place(story.sol, by=story.coordinator, role="community", **said)
        assert (corrected.pk, corrected.role) == (story.sol.pk, "community")
        both = cases.correct_place(story.hana, by=story.coordinator, role="harmed", also="responsible", **said)
        assert (both.pk, "acknowledgement" in [code for code, name in named(story.case) if name == "Hana"]) == (story.hana.pk, True)


def test_somebody_watches_with_everyones_agreement_or_not_at_all(client, village, at_ready, browser_clients):
    story = at_ready
    with village.inside():
        kim = cases.add_person(story.case, by=story.coordinator, name="Kim", role=Role.OBSERVER)
        story.case.refresh_from_db()
        assert (story.case.stage, named(story.case)) == (
            Stage.PREPARING, [("observer", name) for name in ("Hana", "Rami", "Sol", "Gail Delacourt")],
        )  # fmt: skip
        assert not is_prepared(story.case)
        with pytest.raises(actions.CannotPrepare, match="never"):
            actions.set_aside(story.case, by=story.coordinator, blocker="observer", participation=story.hana, reason="She is nice.")
    hana, address = village.enter(client, story.hana), reverse("watch")
    page = hana.get(address).content.decode()
    assert ("May Kim be there and watch?" in page, page.count("button--choice")) == (True, 3)
    assert hana.post(address, {"observer": str(kim.pk)}).status_code == 422
    assert hana.post(address, {"observer": str(story.rami.pk), "answer": "yes"}).status_code == 422
    assert hana.post(address, {"observer": str(kim.pk), "answer": "talk"}).status_code == 302
    written = {"observer": str(kim.pk), "answer": "yes", "method": "said"}
    fadi, nour = village.sign_in(browser_clients(), "fadi"), village.sign_in(browser_clients(), "nour")
    for key in ("rami", "sol", "gail"):
        assert nour.post(reverse("watching", args=[story.people[key].pk]), written).status_code == 404
        assert fadi.post(reverse("watching", args=[story.people[key].pk]), written).status_code == 302
    assert village.enter(browser_clients(), kim).get(address).content.decode().count("button--choice") == 0
    with village.inside():
        assert [b.sentence for b in blockers(story.case)] == ["Hana wants to talk first about Kim, who would watch."]
        actions.answer_observer(story.hana, by=story.me("hana"), observer=kim, answer="no")
        assert [b.code for b in blockers(story.case)] == ["observer"]
        cases.let_go(kim, by=story.coordinator)
        assert (named(story.case), is_prepared(story.case)) == ([], True)
        with pytest.raises(actions.CannotPrepare, match="would watch any more"):
            actions.answer_observer(story.hana, by=story.me("hana"), observer=kim, answer="yes")
        assert ObserverAnswer.objects.count() == 5
        with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied|may only be added"), transaction.atomic():
            cursor.execute("UPDATE preparation_observeranswer SET answer = 'yes'")


def test_once_people_have_met_nobody_is_asked_any_more_who_may_watch(client, village, at_ready):
    with village.inside():
        story = at_ready
        kim = cases.add_person(story.case, by=story.coordinator, name="Kim", role=Role.OBSERVER)
        for key, person in story.people.items():
            actions.answer_observer(person, by=story.me(key), observer=kim, answer="yes")
        story.declare_ready()
        story.book()
    hana, address = village.enter(client, story.hana), reverse("watch")
    assert ("Somebody who would watch" in hana.get(reverse("home")).content.decode(), "May Kim be there" in hana.get(address).content.decode()) == (
        True, True,
    )  # fmt: skip
    with village.inside(), at(story.booking.starts_at):
        story.hold_conference()
    assert ("Somebody who would watch" in hana.get(reverse("home")).content.decode(), "May Kim be there" in hana.get(address).content.decode()) == (
        False, False,
    )  # fmt: skip
    assert hana.post(address, {"observer": str(kim.pk), "answer": "no"}).status_code == 422
