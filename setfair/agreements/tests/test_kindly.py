"""Somebody of the team reminds them once more, by a letter or aloud: three kind words are the most about one day, then somebody talks with them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.actions import CannotFollow
from setfair.agreements.models import Item, KindWord
from setfair.agreements.tests.test_remind import noon, reminders, run
from setfair.cases import actions as cases
from setfair.preparation import actions as preparation
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(holding):
    first, second = holding.items()
    Item.objects.filter(pk=first.pk).update(due_on=timezone.localdate() + timedelta(days=20))
    Item.objects.filter(pk=second.pk).update(due_on=timezone.localdate() + timedelta(days=200))
    return Item.objects.get(pk=first.pk)


@pytest.mark.parametrize("way", ["letter", "voice"])
def test_three_kind_words_are_the_most_whatever_the_way(holding, item, way):
    for days in (-3, 0, 1, 9):
        run(noon(item.due_on + timedelta(days=days)))
    with at(noon(item.due_on + timedelta(days=9))):
        assert queries.kind_words(item) == 2
        actions.remind_kindly(item, by=holding.lead, way=way)
        assert queries.kind_words(item) == 3
        for again in ("letter", "voice"):
            with pytest.raises(CannotFollow, match="talk with them"):
                actions.remind_kindly(item, by=holding.lead, way=again)
    run(noon(item.due_on + timedelta(days=10)))
    assert reminders() == ["promise_soon", "promise_past", *(["promise_again"] if way == "letter" else [])]


def test_the_database_takes_no_second_one_about_a_day(holding, item):
    word = actions.remind_kindly(item, by=holding.lead, way="voice")
    with pytest.raises(IntegrityError), transaction.atomic():
        KindWord.objects.create(item=item, case=holding.case, about=word.about, way="letter")


def test_nor_one_about_what_is_no_day_of_just_this_promise(holding, item):
    other = holding.items()[1]
    for about in ("a day", str(other.pk), f"{item.pk}-1", f"{item.pk}.1", f"{item.pk} "):
        with pytest.raises(IntegrityError, match="a day of just this promise"), transaction.atomic():
            KindWord.objects.create(item=item, case=holding.case, about=about, way="letter")
    Item.objects.filter(pk=other.pk).update(parts=3, weeks=2)
    for about in (f"{other.pk}-1", f"{other.pk}-2", str(other.pk)):
        KindWord.objects.create(item=other, case=holding.case, about=about, way="letter")
    with pytest.raises(IntegrityError, match="a day of just this promise"), transaction.atomic():
        KindWord.objects.create(item=other, case=holding.case, about=f"{other.pk}-3", way="letter")


def test_with_more_time_it_is_another_day(holding, item):
    actions.remind_kindly(item, by=holding.lead, way="voice")
    actions.give_more_time(item, by=holding.lead, due_on=item.due_on + timedelta(days=30), words="An exam.")
    actions.remind_kindly(item, by=holding.lead, way="voice")
    assert KindWord.objects.count() == 2


def test_nobody_is_reminded_who_stopped_or_while_it_rests_or_once_it_is_done(holding, item):
    preparation.withdraw(holding.rami, by=holding.me("rami"))
    with pytest.raises(CannotFollow, match="stopped or left"):
        actions.remind_kindly(item, by=holding.lead, way="letter")
    preparation.consent(holding.rami, by=holding.lead, answer="yes", method="paper")
    cases.hold(holding.case, by=holding.coordinator, reason="away")
    with pytest.raises(CannotFollow, match="Nobody is reminded"):
        actions.remind_kindly(item, by=holding.lead, way="letter")
    cases.lift(holding.case, by=holding.coordinator)
    actions.keep(item, by=holding.lead)
    with pytest.raises(CannotFollow, match="Nobody is reminded"):
        actions.remind_kindly(item, by=holding.lead, way="letter")
    assert KindWord.objects.count() == 0


def test_from_the_page_of_the_promise(village, holding, item, client):
    page, remind = village.sign_in(client, "fadi"), reverse("item_remind", args=[item.pk])
    assert "0 kind words" in page.get(reverse("item", args=[item.pk])).content.decode()
    assert (page.post(remind, {}).status_code, page.post(remind, {"way": "pigeon"}).status_code) == (422, 422)
    assert page.post(remind, {"way": "letter"}).status_code == 302
    assert page.post(remind, {"way": "letter"}).status_code == 422
    shown = page.get(reverse("item", args=[item.pk])).content.decode()
    assert ("1 kind word went out" in shown, "Please talk with them." in shown, "Remind kindly" in shown) == (True, True, False)
    assert village.sign_in(client, "mina").post(remind, {"way": "letter"}).status_code == 404
