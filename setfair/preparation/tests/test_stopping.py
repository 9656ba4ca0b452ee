"""Stop, take a break, or ask for a call: from every own page, in two presses of an opened letter, before the first answer too."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role
from setfair.cases.queries import held
from setfair.desk.tests.todays import rules
from setfair.letters.models import Letter
from setfair.preparation import actions
from setfair.preparation.models import Break, BreakEnd, CallWish
from setfair.preparation.queries import answer_of, blockers, is_let_be
from setfair.scheduling.queries import live_booking

pytestmark = pytest.mark.django_db
NAMES = {"home", "choice", "stop", "questions", "times", "my_contact", "complain", "my_yes", "my_shared", "own_record", "looked"}


def text(answer):
    return answer.content.decode()


def buttons(page):
    """The choices of a page, with everything about each but its words."""
    return re.findall(r'<button class="(button button--choice)" type="submit" name="(\w+)" value="(\w+)">', page)


def letter(story, who):
    """Where the link of a letter leads that has just come."""
    mine = story.people[who]
    return reverse("enter", args=[issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=mine.pk, case=mine.case_id, by=story.lead)])


@pytest.mark.parametrize(("what", "said"), [("stop", "withdrawn"), ("break", None), ("call", None)])
def test_two_presses_of_an_opened_letter_before_any_answer(client, village, at_preparing, what, said):
    with village.inside():
        story = at_preparing
        link = letter(story, "hana")
    assert 'name="to" value="stop"' in text(client.get(link))
    assert client.post(link, {"to": "stop"}).url == reverse("stop")
    assert [value for _same, _name, value in buttons(text(client.get(reverse("stop"))))] == ["break", "stop", "call"]
    assert client.post(reverse("stop"), {"what": what}).url == reverse("home")
    assert client.get(reverse("home")).url == reverse("way_back")
    assert "Your way back" in text(client.get(reverse("way_back")))
    with village.inside():
        answer = answer_of(story.hana)
        assert (answer.answer if answer else None, Break.objects.count(), CallWish.objects.count()) == (said, what == "break", what == "call")
        told = set(Letter.objects.filter(key__startswith="look:").values_list("reader_id", flat=True))
        assert told == {village.users[who].pk for who in ("cora", "fadi")}


def test_a_typed_code_too_leads_there_and_a_guardian_stops_for_the_other_as_fast(client, village, at_ready):
    with village.inside():
        story = at_ready
        code = actions.reissue(story.gail, by=story.lead)
    assert client.post(reverse("code"), {"code": code, "to": "stop"}).url == reverse("stop")
    page = text(client.get(reverse("stop")))
    assert ([value for _same, _name, value in buttons(page)], page.count(reverse("stop_child"))) == (["break", "stop", "call", "break", "stop"], 1)
    client.post(reverse("stop_child"), {"what": "break"})
    with village.inside():
        begun = Break.objects.get()
        assert (begun.participation, begun.giver) == (story.rami, story.gail)
        assert [b.sentence for b in blockers(story.case) if b.code == "break"] == [f"{story.gail.person.shown} has asked for a break."]
    assert "A break for Rami" in text(client.get(reverse("home")))
    assert client.post(reverse("stop"), {"what": "leave"}).status_code == 422


def test_every_own_page_has_the_way_out_in_one_press(client, village, at_ready):
    with village.inside():
        story = at_ready
    village.enter(client, story.hana)
    foot = f'<a class="quiet-link" href="{reverse("stop")}">'
    assert {name for name in NAMES if foot in text(client.get(reverse(name))).split("</main>")[1]} == NAMES


def test_the_four_answers_differ_in_nothing_but_their_words_and_a_call_changes_no_answer(client, village, at_ready):
    with village.inside():
        story = at_ready
    village.enter(client, story.hana)
    page = text(client.get(reverse("choice")))
    assert [value for _same, _name, value in buttons(page)] == ["yes", "no", "unsure", "call"]
    client.post(reverse("choice"), {"answer": "call"})
    with village.inside():
        assert (answer_of(story.hana).answer, CallWish.objects.get().participation) == ("yes", story.hana)


def test_a_break_gives_the_day_back_and_ends_with_whoever_asked_for_it(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        begun = actions.take_a_break(story.hana, by=story.me("hana"))
        assert actions.take_a_break(story.hana, by=story.me("hana")) == begun
        case = Case.objects.get(pk=story.case.pk)
        assert (case.stage, live_booking(case), held(case).since, answer_of(story.hana).answer) == (Stage.PREPARING, None, begun.at, "yes")
        assert {b.code for b in blockers(case)} == {"hold", "break"}
        assert {who: "break" in rules(village, who) for who in ("cora", "fadi", "mina", "ada")} == {
            "cora": True, "fadi": True, "mina": False, "ada": False,
        }  # fmt: skip
        cases.lift(case, by=story.coordinator)
        assert [b.code for b in blockers(case)] == ["break"]
        with pytest.raises(actions.CannotPrepare):
            actions.go_on(begun, by=story.me("rami"))
        with pytest.raises(actions.NotReady):
            actions.declare_ready(case, by=story.lead)
        actions.go_on(begun, by=story.me("hana"))
        actions.go_on(begun, by=story.me("hana"))
        assert (blockers(case), BreakEnd.objects.count()) == ([], 1)


def test_the_rest_that_began_with_a_break_ends_with_the_last_one(client, village, at_ready, browser_clients):
    with village.inside():
        story = at_ready
        actions.take_a_break(story.hana, by=story.me("hana"))
        actions.take_a_break(story.sol, by=story.me("sol"))
    hana = village.enter(client, story.hana)
    page = text(hana.get(reverse("home")))
    assert ("You are taking a break" in page, "I want to go on" in page, "This is being prepared." in page) == (True, True, False)
    rami = text(village.enter(browser_clients(), story.rami).get(reverse("home")))
    assert ([word for word in ("break", "Hana") if word in rami.split("<main")[1].split("</main>")[0]], "being prepared" in rami) == ([], True)
    hana.post(reverse("go_on"))
    with village.inside():
        assert held(story.case) is not None
        said_by = {"cora": 302, "fadi": 302, "mina": 404, "nour": 404}
    assert {who: village.sign_in(Client(), who).post(reverse("break_over", args=[story.sol.pk])).status_code for who in said_by} == said_by
    with village.inside():
        assert (held(story.case), blockers(story.case)) == (None, [])


def test_another_answer_of_theirs_ends_the_break(client, village, at_ready):
    with village.inside():
        story = at_ready
    village.enter(client, story.hana).post(reverse("stop"), {"what": "break"})
    client.post(reverse("stop"), {"what": "stop"})
    with village.inside():
        assert (BreakEnd.objects.count(), held(story.case), answer_of(story.hana).answer) == (1, None, "withdrawn")
    assert "You are taking a break" not in text(client.get(reverse("home")))


def test_once_they_have_met_a_break_moves_nothing_and_nothing_is_sent_to_them(village, at_following_up):
    with village.inside():
        story = at_following_up
        begun = actions.take_a_break(story.hana, by=story.me("hana"))
        assert (Case.objects.get(pk=story.case.pk).stage, held(story.case), is_let_be(story.hana)) == (Stage.FOLLOWING_UP, None, True)
        actions.go_on(begun, by=story.lead)
        assert is_let_be(story.hana) is False


def test_whoever_interprets_can_ask_for_a_call_and_for_nothing_else(client, village, at_preparing):
    with village.inside():
        story = at_preparing
        other = cases.add_person(story.case, by=story.coordinator, name="Iva Lindt", role=Role.INTERPRETER)
    village.enter(client, other)
    assert [value for _same, _name, value in buttons(text(client.get(reverse("stop"))))] == ["call"]
    assert client.post(reverse("stop"), {"what": "break"}).status_code == 422
    client.post(reverse("stop"), {"what": "call"})
    with village.inside():
        assert (Break.objects.count(), CallWish.objects.get().participation) == (0, other)


def test_a_break_says_what_goes_on_before_people_have_met_and_after(client, village, at_ready, at_following_up):
    """Each page says what is so: before the day all wait, after it the others may go on."""
    for story, waits in ((at_ready, True), (at_following_up, False)):
        hana, fadi = village.enter(client, story.hana), village.sign_in(Client(), "fadi")
        offered = text(hana.get(reverse("stop")))
        said = text(hana.post(reverse("stop"), {"what": "break"}, follow=True))
        told = text(fadi.get(reverse("person", args=[story.hana.pk])))
        for page, before, after in (
            (offered, "we wait. You say when we go on.", "take the time you need. The others may go on."),
            (said, "Nothing goes on until you say so.", "Take the time you need. The others may go on."),
            (said, "We wait for you. Nobody was told why.", "The others may go on. Nobody was told why."),
            (told, "Nothing goes on until they want to.", "The others may go on. Leave them in peace until they want to."),
        ):
            assert (before in page, after in page) == (waits, not waits)
