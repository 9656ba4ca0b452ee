"""Whoever wants no news is left in peace: not called to be asked, no letter at the end; and who was not asked is asked on a first call."""

import pytest
from django.urls import reverse

from setfair.aftercare import actions as aftercare
from setfair.agreements import actions as agreements
from setfair.agreements.models import Result
from setfair.agreements.tests.renewing import add
from setfair.cases.journey import Stage
from setfair.letters.models import Letter
from setfair.outcomes import actions, owed
from setfair.outcomes.models import News, NewsTask
from setfair.outcomes.tasks import lay_down_news
from setfair.preparation import actions as preparation
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db
AHEAD = ["early", "later"]
"""The day of the first call has come already."""
NOT_SAID = "They have not said how much they want to hear."


def wish(story, choice):
    return actions.wish_news(story.hana, by=story.me("hana"), choice=choice)


def calls(story, who="hana", stage="owed"):
    rows = story.case.check_ins.filter(participation=story.people[who], stage=stage)
    return list(rows.order_by("planned_on", "purpose").values_list("purpose", flat=True))


def test_nobody_is_called_who_wants_to_hear_nothing_until_they_want_something_again(holding):
    there = ["early", "early", "later"]
    assert calls(holding) == there
    wish(holding, "wrong")
    assert calls(holding) == there
    wish(holding, "none")
    assert (calls(holding), calls(holding, stage="ended"), calls(holding, "rami")) == ([], there, ["due", "due", "later"])
    assert aftercare.plan_check_ins(holding.agreement, by=holding.lead) == 0
    wish(holding, "end")
    assert (calls(holding), calls(holding, "rami")) == (AHEAD, ["due", "due", "later"])


def test_nor_whoever_told_the_team_so(holding, told):
    told(holding, way=News.Way.NOT_WANTED)
    assert calls(holding) == []
    told(holding, way=News.Way.VOICE)
    assert calls(holding) == AHEAD


def test_a_later_agreement_plans_no_call_with_them_either(holding):
    wish(holding, "none")
    agreements.agree_more(holding.agreement, by=holding.lead)
    add(holding, holding.sol, holding.gail, "Come along to the match.")
    agreements.present(holding.agreement, by=holding.lead)
    holding.sign_all()
    assert calls(holding) == []


def test_who_promised_something_themselves_is_called_about_that(holding):
    agreements.agree_more(holding.agreement, by=holding.lead)
    add(holding, holding.hana, holding.rami, "Come along to the match.")
    agreements.present(holding.agreement, by=holding.lead)
    holding.sign_all()
    before = calls(holding)
    wish(holding, "none")
    assert (calls(holding), "due" in before) == (before, True)


def test_at_the_end_no_letter_goes_to_whoever_wants_to_hear_nothing(kept):
    wish(kept, "none")
    actions.close(kept.case, by=kept.coordinator, reason="completed")
    found = set(Letter.objects.filter(key__startswith="over:").values_list("reader_id", flat=True))
    assert found == {person.person_id for key, person in kept.people.items() if key != "hana"}


@pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("mina", 404)])
def test_a_first_call_says_that_they_have_not_said_how_much(holding, village, client, who, status):
    first = holding.case.check_ins.filter(participation=holding.hana).first()
    page = village.sign_in(client, who).get(reverse("check_in", args=[first.pk]))
    shown = (NOT_SAID in page.text, reverse("news_of", args=[holding.hana.pk]) in page.text)
    assert (page.status_code, shown) == (status, (status == 200, status == 200))


@pytest.mark.parametrize("answer", ["chosen", "not wanted", "spoken", "stopped", "responsible"])
def test_nor_again_once_they_have_said_or_have_been_spoken_with(holding, told, village, client, answer):
    rows = holding.case.check_ins.filter(participation=holding.rami if answer == "responsible" else holding.hana)
    if answer == "chosen":
        wish(holding, "each")
    elif answer == "not wanted":
        told(holding, way=News.Way.NOT_WANTED)
    elif answer == "spoken":
        aftercare.check_in(rows.first(), by=holding.lead, said="reached")
    elif answer == "stopped":
        preparation.withdraw(holding.hana, by=holding.me("hana"))
    page = village.sign_in(client, "fadi").get(reverse("check_in", args=[rows.last().pk]))
    assert (page.status_code, NOT_SAID in page.text) == (200, False)


def test_one_case_that_cannot_be_laid_down_keeps_nobody_elses_news_back(met, village, monkeypatch, caplog):
    other = case_at(village, Stage.CONVENED)
    for story in (met, other):
        agreements.say_result(story.case, by=story.lead, what=Result.What.DIFFER)
    lacking, wanted = min(met.case.pk, other.case.pk), owed.wanted

    def breaks(case):
        if case.pk == lacking:
            raise RuntimeError("Kestrel")
        return wanted(case)

    monkeypatch.setattr(owed, "wanted", breaks)
    with caplog.at_level("ERROR", logger="setfair.outcomes.tasks"):
        lay_down_news()
    assert {row.case_id for row in NewsTask.objects.all()} == {met.case.pk, other.case.pk} - {lacking}
    assert [line.getMessage() for line in caplog.records] == ["The news of a case could not be laid down: RuntimeError."]
    monkeypatch.undo()
    lay_down_news()
    assert NewsTask.objects.count() == 2
