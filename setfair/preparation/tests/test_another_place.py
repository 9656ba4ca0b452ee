"""Another place of the same person: a no, a need and whatever they asked for go along, and a yes never does (decision 63)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.actions import CannotChange
from setfair.cases.journey import Stage
from setfair.cases.models import Participation, Role
from setfair.cases.queries import held, twins
from setfair.core import clock
from setfair.exchanges.actions import want
from setfair.exchanges.queries import wants_nothing
from setfair.preparation import actions
from setfair.preparation.models import Arrangement, Consent, Override, SafetyCheck
from setfair.preparation.queries import answer_of, blockers, break_of, call_wish, guardian_said_no, has_stopped, wants_no_notes
from setfair.scheduling.models import TimeAnswer
from setfair.village.time import today
from setfair.voices.actions import hope, keep_words, name_companion, take_back
from setfair.voices.companions import waiting
from setfair.voices.queries import hope_of, own_words


@pytest.fixture
def story(village, at_prepared):
    with village.inside():
        yield at_prepared


def moved(story, key, **said):
    """Somebody gets another place in the story."""
    place = {"role": Role.AFFECTED, "stands_by": None, "guardian_needed": False, "has_authority": False}
    now = cases.correct_place(story.people[key], by=story.coordinator, **{**place, **said})
    assert now.pk != story.people[key].pk
    story.people[key] = now
    return now


def lacks(story, name):
    return [b.code for b in blockers(story.case) if b.participation and b.participation.person.shown == name]


def test_a_no_on_their_own_page_stands_and_no_spoken_yes_goes_past_it(story):
    actions.consent(story.sol, by=story.me("sol"), answer="no", method="own")
    now = moved(story, "sol")
    assert [b.sentence for b in blockers(story.case) if b.code == "consent"] == ["Sol has said no."]
    with pytest.raises(actions.CannotPrepare, match="their own page"):
        actions.consent(now, by=story.lead, answer="yes")
    actions.consent(now, by=story.me("sol"), answer="yes", method="own")
    assert "consent" not in lacks(story, "Sol")


@pytest.mark.parametrize("after", ["unsure", "no"])
def test_a_no_of_their_own_stands_behind_what_staff_wrote_down_after_it(story, after):
    actions.consent(story.sol, by=story.me("sol"), answer="no", method="own")
    actions.consent(story.sol, by=story.lead, answer=after)
    now = moved(story, "sol")
    assert answer_of(now).answer == after
    with pytest.raises(actions.CannotPrepare, match="their own page"):
        actions.consent(now, by=story.lead, answer="yes")


@pytest.mark.parametrize("times", [1, 3])
def test_a_stop_stands_however_often_the_place_is_changed(client, village, story, times):
    actions.withdraw(story.sol, by=story.me("sol"))
    for role in (Role.AFFECTED, Role.COMMUNITY, Role.SUPPORTER)[:times]:
        now = moved(story, "sol", role=role)
    assert (has_stopped(now), Consent.objects.filter(participation=now).count()) == (True, 1)
    home = village.enter(client, now).get(reverse("home")).content.decode()
    assert ("You have stopped for now. You can come back." in home, "So we ask you again." in home) == (True, False)


def test_a_yes_does_not_go_along_and_neither_does_a_no_that_was_lifted(story):
    actions.consent(story.sol, by=story.me("sol"), answer="no", method="own")
    actions.consent(story.sol, by=story.me("sol"), answer="yes", method="own")
    actions.consent(story.sol, by=story.lead, answer="no", scope="notes")
    now = moved(story, "sol")
    assert [(c.scope, c.answer) for c in Consent.objects.filter(participation=now)] == [("notes", "no")]
    assert (wants_no_notes(now), lacks(story, "Sol")) == (True, ["meeting", "consent", "safety", "support"])


def test_a_break_lasts_the_case_rests_and_it_is_theirs_to_end(story):
    actions.take_a_break(story.sol, by=story.me("sol"))
    now = moved(story, "sol")
    assert (held(story.case) is not None, "break" in lacks(story, "Sol")) == (True, True)
    actions.go_on(break_of(now), by=story.me("sol"))
    assert (held(story.case), break_of(now)) == (None, None)


def test_a_wish_to_be_called_is_answered_by_a_call(story):
    actions.ask_call(story.sol, by=story.me("sol"))
    now = moved(story, "sol")
    assert call_wish(now) is not None
    actions.meet(now, by=story.lead, held_on=today(story.programme))
    assert call_wish(now) is None


def test_a_guardians_no_stands_for_the_place_of_the_young_person_and_of_the_guardian(story):
    actions.consent(story.rami, by=story.me("gail"), giver=story.gail, answer="no", method="own")
    now = moved(story, "rami", role=Role.RESPONSIBLE, also=Role.HARMED, guardian_needed=True)
    gail = Participation.objects.get(pk=story.gail.pk)
    assert (gail.stands_by, answer_of(now, giver=gail).answer, "guardian" in lacks(story, "Rami")) == (now, "no", True)
    with pytest.raises(actions.CannotPrepare, match="their own page"):
        actions.consent(now, by=story.lead, giver=gail, answer="yes")
    with pytest.raises(CannotChange, match="A second person has to look"):
        moved(story, "gail", role=Role.SUPPORTER, stands_by=now)
    with pytest.raises(actions.CannotPrepare, match="is in the circle"):
        actions.go_without_guardian(now, by=story.coordinator, reason="nobody")
    actions.consent(now, by=story.me("gail"), giver=gail, answer="yes", method="own")
    assert guardian_said_no(now) is False


def test_a_high_worry_is_signed_off_anew_and_a_good_look_is_taken_anew(story):
    actions.check_safety(story.sol, by=story.lead, level="high", plan="He waits outside.")
    actions.sign_off(story.sol, by=story.coordinator, reason="Somebody sits with him.")
    now = moved(story, "sol")
    assert (SafetyCheck.objects.get(participation=now).plan, "worry" in lacks(story, "Sol")) == ("He waits outside.", True)
    assert Override.objects.get().participation_id != now.pk
    actions.check_safety(now, by=story.lead, level="low")
    moved(story, "sol", role=Role.COMMUNITY)
    assert [code for code in lacks(story, "Sol") if code in ("worry", "safety")] == ["safety"]


def test_their_no_to_a_part_in_it_stands(story):
    actions.acknowledge(story.rami, by=story.me("rami"), given=False, method="own")
    now = moved(story, "rami", role=Role.RESPONSIBLE, also=Role.HARMED, guardian_needed=True)
    with pytest.raises(actions.CannotPrepare, match="their own page"):
        actions.acknowledge(now, by=story.lead, given=True)


def test_what_they_need_is_to_be_arranged_anew_and_what_they_hope_for_is_theirs(story):
    said = {"by": story.lead, "kind": "access", "words": "no stairs"}
    actions.arrange(story.sol, state="booked", **said)
    actions.arrange(story.sol, by=story.lead, kind="food", state="not_needed")
    hope(story.sol, by=story.me("sol"), goals=["healing"], words="that it ends")
    want(story.sol, by=story.me("sol"), wants="never")
    keep_words(story.sol, by=story.me("sol"), reads="me", say="It hurt me too.")
    now = moved(story, "sol")
    assert (own_words(now).say, own_words(now).reads) == ("It hurt me too.", "me")
    assert [(a.kind, a.state, a.words) for a in Arrangement.objects.filter(participation=now)] == [("access", "needed", "no stairs")]
    assert "access" in lacks(story, "Sol")
    assert (hope_of(now).goals, hope_of(now).words, wants_nothing(now)) == (["healing"], "that it ends", True)


def test_whom_they_would_like_beside_them_goes_along_unless_they_took_it_back(story):
    for name in ("Ben", "Aunt Rose"):
        name_companion(story.hana, by=story.me("hana"), name=name)
    take_back(waiting().latest("at"), by=story.me("hana"))
    now = moved(story, "hana", role=Role.HARMED, also=Role.RESPONSIBLE)
    assert [(c.name, c.by) for c in waiting().filter(participation=now)] == [("Ben", now.pk)]


def test_times_at_which_they_cannot_come_stay_so(story):
    for hour, answer in ((1, "no"), (2, "yes"), (3, "if_needed")):
        TimeAnswer.objects.create(participation=story.sol, starts_at=clock.now() + timedelta(days=3, hours=hour), answer=answer, by_kind="staff")
    now = moved(story, "sol")
    assert [said.answer for said in TimeAnswer.objects.filter(participation=now)] == ["no"]


def test_a_no_to_somebody_who_would_watch_goes_along_on_both_sides_and_a_yes_does_not(story):
    kim = cases.add_person(story.case, by=story.coordinator, name="Kim", role=Role.OBSERVER)
    story.people["kim"] = kim
    actions.meet(kim, by=story.lead, held_on=today(story.programme))
    actions.answer_observer(story.hana, by=story.me("hana"), observer=kim, answer="no")
    actions.answer_observer(story.sol, by=story.me("sol"), observer=kim, answer="yes")
    moved(story, "kim", role=Role.COMMUNITY)
    moved(story, "kim", role=Role.OBSERVER)
    watched = {b.participation.person.shown: b.sentence for b in blockers(story.case) if b.code == "observer"}
    assert watched["Hana"] == "Hana does not want Kim there. No reason is needed: take Kim out of the circle."
    assert watched["Sol"] == "Sol has not said whether Kim may watch."
    moved(story, "hana", role=Role.HARMED, also=Role.RESPONSIBLE)
    watched = {b.participation.person.shown: b.sentence for b in blockers(story.case) if b.code == "observer"}
    assert watched["Hana"] == "Hana does not want Kim there. No reason is needed: take Kim out of the circle."


def test_whoever_left_and_comes_back_finds_their_no(story):
    actions.consent(story.sol, by=story.me("sol"), answer="no", method="own")
    sol = story.sol.person
    cases.let_go(story.sol, by=story.coordinator)
    found = twins(story.case, story.coordinator, name=sol.name, called=sol.called, birth_year=None, contacts={})
    assert [twin.person for twin in found] == [sol]
    back = cases.add_person(story.case, by=story.coordinator, name=sol.name, role=Role.AFFECTED, known=sol)
    assert (back.person_id, answer_of(back).answer) == (sol.pk, "no")


def test_a_place_that_is_not_theirs_takes_nothing_along(story):
    actions.consent(story.hana, by=story.me("hana"), answer="no", method="own")
    now = moved(story, "sol")
    assert (answer_of(now), answer_of(story.hana).answer, story.case.stage) == (None, "no", Stage.PREPARING)
    with pytest.raises(CannotChange, match="in this case already"):
        cases.add_person(story.case, by=story.coordinator, name="Sol", role=Role.COMMUNITY, known=now.person)
