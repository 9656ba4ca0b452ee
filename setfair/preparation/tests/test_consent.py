"""A yes is one's own, or a guardian's who may give it; the latest counts."""

from uuid import UUID

import pytest

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation, Role
from setfair.preparation import actions, queries, words
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of
from setfair.village.story import case_at


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


def test_the_words_the_way_and_the_language_are_kept_with_the_answer(story):
    said = actions.consent(story.hana, by=story.lead, answer="yes", method="paper", language="ar")
    there = Consent.objects.get(pk=said.pk)
    assert (there.participation, there.giver, there.scope, there.answer) == (story.hana, story.hana, "take_part", "yes")
    assert (there.method, there.words, there.language) == ("paper", words.VERSION, "ar")
    assert (there.by_kind, there.by) == ("staff", story.village.fadi.pk)


def test_the_latest_answer_counts(story):
    for answer in ("yes", "unsure", "no", "yes", "withdrawn"):
        actions.consent(story.hana, by=story.lead, answer=answer)
        assert answer_of(story.hana).answer == answer
    assert list(Consent.objects.order_by("at", "id").values_list("answer", flat=True)) == ["yes", "unsure", "no", "yes", "withdrawn"]


def test_of_two_at_one_instant_the_greater_id_counts(story):
    first = actions.consent(story.hana, by=story.lead, answer="no")
    moment = first.at
    said = {
        "text": first.text,
        "participation": story.hana,
        "giver": story.hana,
        "scope": "take_part",
        "method": "said",
        "words": "1",
        "language": "en",
        "at": moment,
    }
    low = Consent.objects.create(**said, pk=UUID(int=1), answer="unsure", by_kind="staff")
    high = Consent.objects.create(**said, pk=UUID(int=2**128 - 1), answer="yes", by_kind="staff")
    assert low.at == high.at == moment
    assert answer_of(story.hana) == high
    assert next(k for k in queries.circle(story.case).people if k.participation == story.hana).choice == high


def test_each_scope_is_its_own_answer(story):
    actions.agree(story.hana, by=story.me("hana"), answers={"take_part": "yes", "notes": "no", "survey": "yes", "outcome": "no"}, language="es")
    rows = Consent.objects.order_by("at", "id").values_list("scope", "answer", "method", "language")
    assert list(rows) == [
        ("take_part", "yes", "own", "es"),
        ("notes", "no", "own", "es"),
        ("survey", "yes", "own", "es"),
        ("outcome", "no", "own", "es"),
    ]


def test_a_guardian_who_may_answers_for_the_person_they_stand_by(story):
    actions.consent(story.rami, by=story.lead, giver=story.gail, answer="yes")
    actions.consent(story.rami, by=story.me("gail"), giver=story.gail, answer="unsure", method="own")
    assert answer_of(story.rami) is None
    assert answer_of(story.rami, giver=story.gail).answer == "unsure"


@pytest.mark.parametrize("case", ["no authority", "another child", "supporter", "left", "taken away"])
def test_nobody_else_answers_for_somebody(story, case):
    def guardian(**said):
        return cases.add_person(story.case, by=story.coordinator, name="Ida", role=Role.GUARDIAN, **said)

    giver = {
        "no authority": lambda: guardian(stands_by=story.rami),
        "another child": lambda: guardian(stands_by=story.hana, has_authority=True),
        "supporter": lambda: story.sol,
        "left": lambda: cases.let_go(story.gail, by=story.coordinator),
        "taken away": lambda: story.gail,
    }[case]()
    if case == "taken away":
        Participation.objects.filter(pk=giver.pk).update(role=Role.SUPPORTER, has_authority=False)
    with pytest.raises(CannotPrepare, match="Only a parent or guardian who may decide"):
        actions.consent(story.rami, by=story.lead, giver=giver, answer="yes")
    assert not Consent.objects.exists()


def test_a_guardian_of_another_case_does_not_either(village, story):
    other = case_at(village, Stage.PREPARING, matter=1)
    with pytest.raises(CannotPrepare):
        actions.consent(story.rami, by=story.lead, giver=other.gail, answer="yes")


@pytest.mark.parametrize("said", [{"answer": "maybe"}, {"answer": "yes", "scope": "money"}, {"answer": "yes", "method": "dream"}])
def test_only_answers_that_were_asked_for(story, said):
    with pytest.raises(CannotPrepare):
        actions.consent(story.hana, by=story.lead, **said)


def test_an_own_page_is_ones_own(story):
    for by, method in ((story.lead, "own"), (story.me("sol"), "own"), (story.me("hana"), "said")):
        with pytest.raises(CannotPrepare):
            actions.consent(story.hana, by=by, answer="yes", method=method)


def test_whoever_interprets_is_not_asked(story):
    bo = cases.add_person(story.case, by=story.coordinator, name="Bo", role=Role.INTERPRETER)
    with pytest.raises(CannotPrepare):
        actions.consent(bo, by=story.lead, answer="yes")
