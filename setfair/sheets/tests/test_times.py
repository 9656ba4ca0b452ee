"""The times of an open round stand on the paper, and come back from it as answers."""

from datetime import timedelta

import pytest

from setfair.preparation.refusal import CannotPrepare
from setfair.scheduling import rounds
from setfair.scheduling.models import RoundAnswer, TimeAnswer
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import times_of
from setfair.sheets.actions import type_in
from setfair.sheets.slip import slip_of
from setfair.village.time import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(village, at_ready):
    with village.inside():
        now = today(at_ready.programme)
        times = open_between(at_ready.programme, now + timedelta(days=8), now + timedelta(days=30))[:3]
        yield rounds.ask(at_ready.case, by=at_ready.coordinator, times=times, until=times[0].starts - timedelta(days=1))


def typed(story, said):
    return type_in(story.hana, by=story.lead, method="said", on=today(story.programme), seen_by="Fadi", language="en", said=said)


def test_each_time_is_on_the_paper_and_typed_back(asked, at_ready):
    on_paper = [ask for ask in slip_of(at_ready.hana) if ask.name.startswith("times")]
    assert [[value for value, _label in ask.choices] for ask in on_paper] == [["yes", "if_needed", "no"]] * 3 + [["none", "call"]]
    slip = typed(at_ready, {on_paper[0].name: "yes", on_paper[1].name: "no"})
    first, second, _third = (t.starts for t in times_of(asked))
    said = set(TimeAnswer.objects.values_list("participation", "starts_at", "answer"))
    assert said == {
        (at_ready.hana.pk, first, "yes"),
        (at_ready.hana.pk, second, "no"),
    }
    assert RoundAnswer.objects.get().slip == slip
    typed(at_ready, {on_paper[3].name: "none"})
    assert RoundAnswer.objects.order_by("at").last().means == "none"
    with pytest.raises(CannotPrepare, match="Please choose one or the other"):
        typed(at_ready, {on_paper[0].name: "yes", on_paper[3].name: "none"})
