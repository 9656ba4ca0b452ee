"""What came of it: each is a proper result, said in one press, and never changed."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import MOST_OPEN, LookedAgain, Result, StillOpen
from setfair.agreements.tests.renewing import add
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.conferences.models import Attendance
from setfair.desk.next_step import next_step
from setfair.journal.models import Entry
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import Closure, News
from setfair.preparation.home import cards
from setfair.programmes.reasons import Reason
from setfair.village.cast import circle_of
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db
What = Result.What


def said(story, what, *still_open):
    return actions.say_result(story.case, by=story.lead, what=what, still_open=still_open)


def tell(story):
    outcomes.tell(story.case, by=story.lead, participation=story.hana, way=News.Way.VOICE, told_on=timezone.localdate())


def what_they_read(me):
    return [card.words for card in cards(me) if card.title == "What came of it"]


@pytest.mark.mission("S2.7")
def test_that_no_agreement_was_needed_is_a_result_and_its_case_closes_well(met):
    result = said(met, What.NONE_NEEDED)
    assert (result.case, result.conference, result.what, result.open, result.by) == (met.case, met.conference, "none", 0, met.lead.id)
    assert [e.detail["what"] for e in Entry.objects.filter(verb="said_result")] == ["none"]
    step = next_step(met.case, None, None)
    assert (step.sentence, step.button) == ("Hana has not been told how it went.", "Tell them")
    tell(met)
    step = next_step(met.case, None, None)
    assert (step.sentence, step.button, step.runs) == ("They were heard, and nothing is owed.", "Close it", True)
    outcomes.close(met.case, by=met.coordinator, reason=Reason.NO_AGREEMENT_NEEDED)
    assert Closure.objects.get().reason == "no_agreement"


def test_that_they_agreed_to_differ_has_its_own_reason_and_no_other_of_the_two(met):
    tell(met)
    with pytest.raises(outcomes.CannotClose) as early:
        outcomes.close(met.case, by=met.coordinator, reason=Reason.DIFFER)
    assert early.value.missing == ["Say first what came of it: that they agreed to differ."]
    said(met, What.DIFFER)
    tell(met)
    with pytest.raises(outcomes.CannotClose) as other:
        outcomes.close(met.case, by=met.coordinator, reason=Reason.NO_AGREEMENT_NEEDED)
    assert other.value.missing == ["Something else was said of what came of it. Say that anew, or choose another reason."]
    outcomes.close(met.case, by=met.coordinator, reason=Reason.DIFFER)
    assert Case.objects.get(pk=met.case.pk).stage == CaseStage.CLOSED


def test_who_was_there_reads_it_in_a_sentence_and_who_did_not_come_reads_nothing(met):
    Attendance.objects.create(conference=met.conference, participation=met.gail, came=False)
    said(met, What.DIFFER)
    sentence = ["You heard each other. You each see it in your own way."]
    assert {key: what_they_read(p) for key, p in met.people.items()} == {"hana": sentence, "rami": sentence, "sol": sentence, "gail": []}


def test_in_part_names_what_is_open_and_the_agreement_is_there_for_the_rest(met):
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    result = said(met, What.PARTLY, " the  seat in class ", "", "the phone", "the phone")
    assert [one.words for one in queries.headings_of(result)] == ["the seat in class", "the phone"]
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    met.keep_all()
    tell(met)
    met.case.refresh_from_db()
    with pytest.raises(outcomes.CannotClose) as open_:
        outcomes.close(met.case, by=met.coordinator, reason=Reason.COMPLETED)
    assert open_.value.missing == ["They agreed in part. Look again at what is still open first."]
    assert what_they_read(met.hana) == ["You agreed on a part. You can talk about the rest later."]
    looked = actions.look_again(result, by=met.lead)
    assert actions.look_again(result, by=met.coordinator) == looked
    outcomes.close(met.case, by=met.coordinator, reason=Reason.COMPLETED)
    assert Closure.objects.get().reason == "completed"


def test_said_anew_the_newer_counts_and_nothing_is_changed(met):
    first = said(met, What.PARTLY, "the phone")
    assert said(met, What.PARTLY, "the phone") == first
    second = said(met, What.AGREED)
    assert (queries.result_of(met.case), queries.to_look_at(met.case)) == (second, None)
    assert list(Result.objects.order_by("at").values_list("what", "open")) == [("partly", 1), ("agreed", 0)]


@pytest.mark.parametrize(
    ("what", "still_open", "why"),
    [
        ("failed", (), "Please choose what came of it."),
        ("partly", (" ",), "Please name in a few words what is still open."),
        ("partly", ("x" * 61,), "Please keep each line short: up to 60 letters, and nothing of what was said."),
        ("partly", [str(n) for n in range(MOST_OPEN + 1)], "That is a lot to leave open. Please name the most important ones, up to 8."),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(met, what, still_open, why):
    with pytest.raises(actions.CannotWrite, match=why.replace(".", r"\.")):
        said(met, what, *still_open)
    assert (Result.objects.count(), StillOpen.objects.count()) == (0, 0)


@pytest.mark.parametrize("stage", [CaseStage.PREPARING, CaseStage.READY, CaseStage.SCHEDULED, CaseStage.CLOSED])
def test_it_is_said_once_it_is_over_and_not_before_or_after(village, stage, at_stage):
    with village.inside():
        with pytest.raises(actions.CannotWrite):
            said(at_stage, What.AGREED)
        assert Result.objects.count() == 0


def test_a_draft_that_nobody_signed_ends_by_it_and_one_that_somebody_signed_does_not(met, next_case):
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    said(met, What.DIFFER)
    assert (met.agreement.stage, queries.live(met.case)) == (Stage.ENDED, [])
    first = next(iter(next_case.people))
    next_case.find_fair()
    person = next_case.people[first]
    actions.sign(next_case.agreement, by=next_case.me(first), participation=person, method="own", typed_name=person.person.shown)
    with pytest.raises(actions.CannotWrite, match="Somebody has signed"):
        said(next_case, What.NONE_NEEDED)
    assert (next_case.agreement.stage, Result.objects.filter(case=next_case.case).count()) == (Stage.SIGNING, 0)


def test_what_is_begun_after_it_takes_its_place(met):
    said(met, What.NONE_NEEDED)
    assert queries.is_without(met.case)
    actions.draft(met.case, by=met.lead)
    assert (queries.is_without(met.case), queries.result_of(met.case)) == (False, None)


def test_the_database_takes_no_nothing_owed_beside_an_agreement_nothing_of_an_hour_that_is_not_over_and_no_change(met, next_case, village):
    ahead = case_at(village, CaseStage.SCHEDULED, circle=circle_of(1), matter=1)
    base = {"case": met.case, "conference": met.conference, "by": met.lead.id}
    result = said(met, What.PARTLY, "the phone")
    for wrong in (
        lambda: Result.objects.create(**base, what="partly", open=0),
        lambda: Result.objects.create(**base, what="agreed", open=1),
        lambda: Result.objects.create(**base | {"case": next_case.case, "conference": next_case.conference}, what="differ"),
        lambda: Result.objects.create(**base | {"conference": next_case.conference}, what="agreed"),
        lambda: Result.objects.create(**base | {"case": ahead.case, "conference": ahead.conference}, what="agreed"),
        lambda: StillOpen.objects.create(result=result, case=met.case, words="one more", order=2),
        lambda: StillOpen.objects.create(result=said(met, What.AGREED), case=met.case, words="one", order=1),
        lambda: LookedAgain.objects.create(result=result, case=next_case.case, by=met.lead.id),
        lambda: Result.objects.filter(pk=result.pk).update(what="agreed", open=0),
        lambda: Result.objects.filter(pk=result.pk).delete(),
    ):
        with pytest.raises(Exception, match="violates|owed|permission|nothing more|once it is over"), transaction.atomic():  # noqa: PT011
            wrong()
    assert list(Result.objects.values_list("what", flat=True)) == ["partly"]


class TestTheTeamsPage:
    def at(self, client, village, who, name, ref):
        return village.sign_in(client, who).post(reverse(name, args=[ref]), {"what": "none"})

    def test_who_runs_it_says_it_in_one_press_and_nobody_else_does(self, village, client, at_convened):
        ref, pages = at_convened.case.ref, {}
        for who in ("nour", "wren", "ines", "malik", "ada"):
            pages[who] = self.at(client, village, who, "result", ref).status_code
        assert pages == dict.fromkeys(pages, 404)
        with village.inside():
            assert Result.objects.count() == 0
        answer = self.at(client, village, "fadi", "result", ref)
        assert (answer.status_code, answer["Location"]) == (302, reverse("agreement", args=[ref]))
        with village.inside():
            assert list(Result.objects.values_list("what", flat=True)) == ["none"]

    def test_the_page_offers_each_and_shows_what_was_said(self, village, client, at_convened):
        page = reverse("agreement", args=[at_convened.case.ref])
        village.sign_in(client, "cora")
        words = client.get(page).content.decode()
        assert [word in words for word in ("No agreement was needed", "They agreed to differ", "They agreed in part")] == [True] * 3
        answer = client.post(reverse("result", args=[at_convened.case.ref]), {"what": "partly", "still_open": ""})
        assert (answer.status_code, "Please name in a few words what is still open." in answer.content.decode()) == (422, True)
        client.post(reverse("result", args=[at_convened.case.ref]), {"what": "partly", "still_open": "the seat in class\nthe phone"})
        words = client.get(page).content.decode()
        assert [word in words for word in ("the seat in class", "the phone", "We looked again, it stays open")] == [True] * 3
        client.post(reverse("look_again", args=[at_convened.case.ref]))
        assert "We looked again, it stays open" not in client.get(page).content.decode()

    def test_that_they_agreed_is_one_press_too(self, village, client, at_convened):
        page, said = reverse("agreement", args=[at_convened.case.ref]), reverse("result", args=[at_convened.case.ref])
        village.sign_in(client, "cora")
        assert presses(client.get(page)) == ["agreed", "none", "differ"]
        client.post(said, {"what": "agreed"})
        assert presses(client.get(page)) == ["none", "differ"]
        client.post(said, {"what": "partly", "still_open": "the phone"})
        words = client.get(page).content.decode()
        assert (presses(client.get(page)), "Nothing is open any more" in words, ">They agreed<" in words) == (
            ["agreed", "none", "differ"],
            True,
            False,
        )


def presses(answer):
    return re.findall(r'<button[^>]*name="what"[^>]*value="(\w+)"', answer.content.decode())
