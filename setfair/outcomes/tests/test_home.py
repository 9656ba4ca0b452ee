"""A person harmed reads on their own page what was promised to them and how it stands, unless they want no news."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.agreements import actions as agreements
from setfair.agreements.models import Item
from setfair.outcomes.home import owed_card
from setfair.outcomes.models import News

pytestmark = pytest.mark.django_db
LETTER, MONEY = "Write a letter that says what I did and that I am sorry.", "Pay 40 dollars toward the broken phone, through the office."


def states(story, key="hana"):
    card = owed_card(story.people[key])
    return card and [state for _what, state in card.lines]


def test_it_says_what_and_how_it_stands_in_plain_words(holding, village, client):
    first, second = holding.items()
    agreements.keep(first, by=holding.lead)
    agreements.verify(first, by=holding.lead)
    page = village.enter(client, holding.hana).get(reverse("home")).content.decode()
    assert f"<li><bdi>{LETTER}</bdi>: <strong>kept</strong></li><li><bdi>{MONEY}</bdi>: <strong>not yet</strong></li>" in page


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], "not yet"),
        (["keep"], "not yet"),
        (["miss"], "not yet"),
        (["keep", "verify"], "kept"),
        (["partly"], "done in part"),
        (["waive"], "no longer asked for"),
    ],
)
def test_each_step_has_its_word(holding, steps, state):
    item = holding.items()[0]
    for step in steps:
        getattr(agreements, step)(item, by=holding.lead)
    assert states(holding) == [state, "not yet"]


def test_more_time_is_said_with_its_day_and_without_its_reason(holding, village, client):
    item, day = holding.items()[0], timezone.localdate() + timedelta(days=60)
    agreements.miss(item, by=holding.lead)
    agreements.give_more_time(item, by=holding.lead, due_on=day, words="He was ill.")
    assert states(holding) == [f"given more time, until {date_format(day, 'j M Y')}", "not yet"]
    assert "He was ill." not in village.enter(client, holding.hana).get(reverse("home")).content.decode()


def test_who_wants_no_news_reads_none_until_they_want_some(holding, told):
    told(holding, way=News.Way.NOT_WANTED)
    assert states(holding) is None
    told(holding, way=News.Way.VOICE)
    assert states(holding) == ["not yet", "not yet"]


def test_what_is_for_everyone_is_for_the_person_harmed_and_the_others_read_nothing(holding):
    Item.objects.filter(pk=holding.items()[0].pk).update(owed_to=None)
    assert states(holding) == ["not yet", "not yet"]
    assert [states(holding, key) for key in ("rami", "sol", "gail")] == [None, None, None]


def test_while_it_is_being_signed_there_is_no_such_card(met):
    met.write_agreement()
    assert states(met) is None
