"""W8 and W9: a person's own pages."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role
from setfair.journal.actions import record
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import Closure
from setfair.preparation import actions
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of

OWN = ["home", "choice", "choice_agree", "stop", "questions"]
CHILD = ["choice_child", "choice_child_agree", "stop_child"]


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        return at_preparing


def words_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("page", OWN)
@pytest.mark.parametrize("who", ["hana", "rami", "sol", "gail"])
def test_each_of_the_circle_has_their_own(client, village, story, page, who):
    answer = village.enter(client, story.people[who]).get(reverse(page))
    assert (answer.status_code, words_of(answer).split("<title>")[1].split("</title>")[0].strip()) == (200, "Northgate Room 12")


@pytest.mark.parametrize("page", [*OWN, *CHILD])
def test_nobody_else_has(client, village, story, page):
    assert client.get(reverse(page)).url == reverse("code")
    for who in ("cora", "fadi", "nour"):
        assert village.sign_in(client, who).get(reverse(page)).url == reverse("code")


@pytest.mark.parametrize("page", CHILD)
@pytest.mark.parametrize(("who", "status"), [("gail", 200), ("hana", 302), ("rami", 302), ("sol", 302)])
def test_only_a_guardian_is_asked_for_another_and_others_go_home(client, village, story, page, who, status):
    answer = village.enter(client, story.people[who]).get(reverse(page))
    assert (answer.status_code, answer.headers.get("Location")) == (status, reverse("home") if status == 302 else None)


@pytest.mark.parametrize("page", [*OWN, *CHILD])
def test_who_left_is_sent_out(client, village, story, page):
    village.enter(client, story.gail)
    with village.inside():
        cases.let_go(story.gail, by=story.coordinator)
    assert client.get(reverse(page)).url == reverse("code")


def test_nobody_is_named_whom_they_did_not_bring(client, village, story):
    hana = village.enter(client, story.hana)
    pages = "".join(words_of(hana.get(reverse(page))) for page in OWN)
    assert [name for name in ("Rami", "Gail", "Delacourt", "O'Hara", story.case.ref, story.case.alias) if name in pages] == []
    assert ("Sol" in pages, "Fadi" in pages, "Brandt" in pages) == (True, True, False)


def test_the_three_answers_are_alike_and_none_is_chosen(client, village, story):
    page = words_of(village.enter(client, story.hana).get(reverse("choice"))).split("<main")[1].split("</main>")[0]
    assert [page.count(f'class="button button--choice" type="submit" name="answer" value="{value}"') for value in ("yes", "no", "unsure")] == [
        1,
        1,
        1,
    ]
    assert (page.count(" checked"), page.count("button--filled")) == (0, 0)
    ticks = words_of(client.get(reverse("choice_agree")))
    assert (ticks.count('type="checkbox"'), ticks.count(" checked")) == (3, 0)


def test_a_yes_is_ticked_read_back_and_then_written(client, village, story):
    hana = village.enter(client, story.hana)
    assert hana.post(reverse("choice"), {"answer": "yes"}).url == reverse("choice_agree")
    back = hana.post(reverse("choice_agree"), {"take_part": "on", "outcome": "on"})
    assert (back.status_code, words_of(back).count('type="hidden" name="take_part"'), words_of(back).count('name="notes"')) == (200, 1, 0)
    with village.inside():
        assert not Consent.objects.exists()
    hana.post(reverse("set_language"), {"language": "es"})
    assert hana.post(reverse("choice_said"), {"take_part": "on", "outcome": "on"}).url == reverse("home")
    with village.inside():
        assert dict(Consent.objects.values_list("scope", "answer")) == {"take_part": "yes", "notes": "no", "outcome": "yes"}
        assert set(Consent.objects.values_list("participation", "giver", "method", "language", "by_kind", "by")) == {
            (story.hana.pk, story.hana.pk, "own", "es", "participant", story.hana.pk)
        }


@pytest.mark.parametrize("page", ["choice_agree", "choice_said"])
def test_without_the_first_tick_it_is_no_yes(client, village, story, page):
    answer = village.enter(client, story.hana).post(reverse(page), {"outcome": "on"})
    assert answer.status_code == 422
    with village.inside():
        assert not Consent.objects.exists()


@pytest.mark.parametrize("said", [{}, {"answer": "withdrawn"}, {"answer": "maybe"}])
def test_no_answer_is_asked_again(client, village, story, said):
    answer = village.enter(client, story.hana).post(reverse("choice"), said)
    assert (answer.status_code, "Please choose one." in words_of(answer)) == (422, True)


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_a_no_and_a_not_sure_are_one_tap(client, village, story, answer):
    hana = village.enter(client, story.hana)
    assert hana.post(reverse("choice"), {"answer": answer}).url == reverse("home")
    hana.post(reverse("choice"), {"answer": answer})
    with village.inside():
        assert list(Consent.objects.values_list("answer", "scope", "method")) == [(answer, "take_part", "own")]


def test_to_change_ones_mind_is_the_first_link_of_home_ever_after(client, village, story):
    hana = village.enter(client, story.hana)
    assert "Change my mind" not in words_of(hana.get(reverse("home")))
    hana.post(reverse("choice_said"), {"take_part": "on"})
    main = words_of(hana.get(reverse("home"))).split("<main")[1]
    assert main.split("<a ")[1].startswith(f'class="quiet-link" href="{reverse("stop")}"')
    assert hana.post(reverse("stop")).url == reverse("home")
    main = words_of(hana.get(reverse("home"))).split("<main")[1]
    assert (main.split("<a ")[1].startswith(f'class="quiet-link" href="{reverse("choice")}"'), "being prepared" in main) == (True, False)
    with village.inside():
        assert answer_of(story.hana).answer == "withdrawn"


def test_what_waits_for_them_stands_first_and_says_that_it_is_their_turn(client, village, at_following_up):
    story = at_following_up
    page = village.enter(client, story.rami).get(reverse("home"))
    assert [(card.title, card.is_your_turn) for card in page.context["cards"]][:2] == [("What you said you will do", True), ("Your choice", False)]
    assert (words_of(page).count("Your turn"), "You can still read them." in words_of(page)) == (1, True)


def test_before_they_are_asked_nobody_reads_that_there_is_nothing_to_do(client, village, story):
    page = words_of(village.enter(client, story.hana).get(reverse("home")))
    assert (page.count("Your turn"), "This is being prepared." in page) == (1, False)


def test_whoever_has_stopped_reads_of_no_day_and_no_more_stopping(client, village, story):
    hana = village.enter(client, story.hana)
    hana.post(reverse("choice_said"), {"take_part": "on"})
    hana.post(reverse("stop"))
    page = words_of(hana.get(reverse("home")))
    gone = ("We will tell you when there is a day.", "This comes after you have met.", "You can stop at any time.")
    assert [words for words in gone if words in page] == []
    assert ("You have stopped for now. You can come back." in page, reverse("questions") in page) == (True, True)


def test_looking_at_the_page_stops_nothing(client, village, at_ready):
    with village.inside():
        story = at_ready
    assert village.enter(client, story.hana).get(reverse("stop")).status_code == 200
    with village.inside():
        assert (answer_of(story.hana).answer, Case.objects.get(pk=story.case.pk).stage) == ("yes", Stage.READY)


@pytest.mark.parametrize("stage", [Stage.SCHEDULED, Stage.CONVENED])
def test_when_one_stops_the_others_read_only_that_it_is_being_prepared(client, village, stage, at_stage, browser_clients):
    with village.inside():
        story = at_stage
    rami = village.enter(browser_clients(), story.rami)
    village.enter(client, story.hana).post(reverse("stop"))
    page = words_of(rami.get(reverse("home")))
    assert "This is being prepared. We will tell you." in page
    assert [word for word in ("Hana", "stopped", "withdr", "changed") if word in page.split("<main")[1].split("</main>")[0]] == []


def test_whoever_left_is_named_to_nobody_they_came_with(client, village, at_ready):
    with village.inside():
        story = at_ready
    sol = village.enter(client, story.sol)
    assert "Hana" in words_of(sol.get(reverse("home")))
    with village.inside():
        cases.let_go(story.hana, by=story.coordinator)
    page = words_of(sol.get(reverse("home")))
    assert ("Hana" in page, "If you have a question, ask us." in page) == (False, True)


def test_a_guardian_answers_for_their_child_and_for_themselves(client, village, story):
    gail = village.enter(client, story.gail)
    page = words_of(gail.get(reverse("choice_child")))
    assert "May Rami take part?" in page
    gail.post(reverse("choice_child"), {"answer": "yes"})
    gail.post(reverse("choice_child_said"), {"take_part": "on"})
    gail.post(reverse("choice_said"), {"take_part": "on"})
    with village.inside():
        rows = Consent.objects.filter(scope="take_part").order_by("at").values_list("participation", "giver", "answer")
        assert list(rows) == [(story.rami.pk, story.gail.pk, "yes"), (story.gail.pk, story.gail.pk, "yes")]
    gail.post(reverse("stop_child"))
    with village.inside():
        assert (answer_of(story.rami, giver=story.gail).answer, answer_of(story.gail).answer) == ("withdrawn", "yes")


def test_a_young_person_is_told_that_somebody_else_is_asked_too(client, village, story):
    told = "Your parent or guardian also has to say yes. We will ask them, not you."
    assert told in words_of(village.enter(client, story.rami).get(reverse("choice")))
    assert told not in words_of(village.enter(client, story.hana).get(reverse("choice")))


def test_whoever_interprets_is_not_asked_and_reads_every_question(client, village, story):
    with village.inside():
        bo = cases.add_person(story.case, by=story.coordinator, name="Bo", role=Role.INTERPRETER)
    bo_client = village.enter(client, bo)
    assert (bo_client.get(reverse("home")).status_code, bo_client.get(reverse("choice")).url) == (200, reverse("home"))
    page = words_of(bo_client.get(reverse("questions")))
    assert ("What happened" in page, "How it was for you" in page) == (True, True)


def test_a_name_is_called_as_its_owner_wants(client, village, story):
    with village.inside():
        uma = cases.add_person(story.case, by=story.coordinator, name="مريم", called="🌱 <Mo>", role=Role.COMMUNITY)
    assert "Hi 🌱" in words_of(village.enter(client, uma).get(reverse("home")))


def test_after_the_end_the_code_opens_nothing(client, village, at_following_up):
    with village.inside():
        story = at_following_up
    village.enter(client, story.hana)
    with village.inside():
        story.keep_all()
        story.tell_and_close()
    assert client.get(reverse("home")).url == reverse("code")


def test_an_answer_after_the_end_is_refused_kindly(client, village, story):
    village.enter(client, story.hana)
    with village.inside():
        outcomes.tell(story.case, by=story.lead, participation=story.hana, way="voice", told_on=timezone.localdate())
        record("moved", story.case, by=story.coordinator, was=Stage.PREPARING, to=Stage.CLOSED, reason="")
        Closure.objects.create(case=story.case, reason="transferred", by=story.coordinator.id)
        Case.objects.filter(pk=story.case.pk).update(stage=Stage.CLOSED)
    for page, said in (("choice", {"answer": "no"}), ("choice_said", {"take_part": "on"}), ("stop", {})):
        answer = client.post(reverse(page), said)
        assert (answer.status_code, "This is closed." in words_of(answer)) == (422, True)


def test_two_taps_at_once_are_one_answer(village, story):
    with village.inside():
        first = actions.withdraw(story.hana, by=story.me("hana"))
        assert actions.withdraw(story.hana, by=story.me("hana")) == first


def test_whoever_interprets_is_told_what_fits_them(client, village, story):
    with village.inside():
        iris = cases.add_person(story.case, by=story.coordinator, name="Iris", role="interpreter")
    theirs = village.enter(client, iris).get(reverse("home")).content.decode()
    assert ("You can stop at any time" in theirs, "If you cannot come, please tell us soon." in theirs) == (False, True)
    hers = village.enter(client, story.hana).get(reverse("home")).content.decode()
    assert ("You can stop at any time" in hers, "If you cannot come" in hers) == (True, False)


def link_of(village, story, key="hana"):
    with village.inside():
        actions.invite(story.people[key], by=story.lead)
        letter = Letter.objects.filter(key__startswith="invitation:", reader_id=story.people[key].person_id).latest("made_at")
        return re.search(r"/c/([\w-]{40,})/", letter.body).group(1)


def test_whoever_came_by_a_link_gets_a_code_to_come_back_with_shown_once(village, story, browser_clients):
    hana = browser_clients()
    assert hana.post(reverse("enter", args=[link_of(village, story)])).url == reverse("way_back")
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", words_of(hana.get(reverse("way_back")))).group()
    assert hana.get(reverse("way_back")).url == reverse("home")
    again = browser_clients()
    assert again.post(reverse("code"), {"code": code}).url == reverse("home")
    assert "Hi Hana" in words_of(again.get(reverse("home")))


def test_who_already_comes_with_a_code_keeps_it(village, story, browser_clients):
    with village.inside():
        code = actions.invite(story.hana, by=story.lead)
        link = re.search(r"/c/([\w-]{40,})/", Letter.objects.get(reader_id=story.hana.person_id).body).group(1)
    ways = ((reverse("code"), {"code": code}), (reverse("enter", args=[link]), {}), (reverse("code"), {"code": code}))
    assert [browser_clients().post(*way).url for way in ways] == [reverse("home")] * 3


def test_the_way_back_is_shown_to_nobody_else(village, story, browser_clients):
    browser_clients().post(reverse("enter", args=[link_of(village, story)]))
    assert village.enter(browser_clients(), story.rami).get(reverse("way_back")).url == reverse("home")
    assert browser_clients().get(reverse("way_back")).url == reverse("code")
