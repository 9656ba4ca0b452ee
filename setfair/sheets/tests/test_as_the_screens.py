"""What a person's own pages ask, their paper asks: every page, and every answer on it."""

import pytest
from django.urls import get_resolver

from setfair.agreements.forms import ConcernForm
from setfair.cases.actions import add_person, choose_route
from setfair.cases.journey import Stage
from setfair.preparation.forms import AnswerForm, PartForm, StopForm
from setfair.preparation.watching import ANSWERS
from setfair.scheduling.own_still import StillForm
from setfair.sheets.slip import (
    CHILD,
    GO_ON,
    HOPES,
    ME,
    OWN,
    OWN_WORDS,
    PART,
    REACH,
    READS,
    SIGN,
    STILL,
    STOP,
    STOP_CHILD,
    SUPPORT,
    TIMES,
    WANT,
    WATCH,
    slip_of,
)
from setfair.village.story import case_at
from setfair.voices.forms import OwnWordsForm
from setfair.voices.models import Goal, OwnWords

pytestmark = pytest.mark.django_db

ON_PAPER = {
    "choice": (ME,), "choice_agree": (ME,), "choice_said": (ME,), "choice_child": (CHILD,), "choice_child_agree": (CHILD,),
    "choice_child_said": (CHILD,), "part": (PART,), "stop": (STOP,), "stop_child": (STOP_CHILD,), "call_me": (STOP,), "go_on": (GO_ON,),
    "yes_back": (ME,), "watch": (WATCH,), "still": (STILL,), "times": (TIMES,), "hopes": (HOPES,), "own_words": (*OWN, READS),
    "my_companions": (SUPPORT, REACH), "companion_back": (SUPPORT,), "my_wanting": (WANT,), "sign": (SIGN,), "my_concern": (SIGN,), "my_no": (SIGN,),
}  # fmt: skip
"""What stands on a slip for each page that takes an answer."""
OTHERWISE = {
    "the team writes it down on a page of its own, out of a letter or a talk": "my_writing my_piece my_piece_back piece_answer proof proof_file "
    "paid paid_back owed owed_word owed_came "
    "my_stand_in my_stand_in_back own_offer own_no_longer own_free helpers my_news "
    "proof_file_send proof_file_again my_marks my_rest my_spelling my_remark my_contact my_contact_code my_contact_way my_times_as my_zone",
    "in the room, where somebody of the team is asked": "my_circle my_circle_live my_break",
    "told to the team, it counts when a second person has looked": "my_say",
    "goes past the team, so through nobody's hands": "complain",
    "only read": "home way_back my_yes my_shared questions my_sheet my_sheet_paper my_agreement my_paper my_exchange piece_here my_files my_file "
    "my_notes for_another own_record own_copy own_copy_file looked looked_child meeting_file my_card",
}


def own_pages():
    return {entry.name for entry in _flat(get_resolver()) if str(entry.pattern).startswith("g/")}


def _flat(resolver):
    return [one for entry in resolver.url_patterns for one in (_flat(entry) if hasattr(entry, "url_patterns") else [entry])]


def every_slip(village, *stories):
    found = {}
    for me in stories:
        found |= {ask.name: ask for ask in slip_of(me)}
    return found


def labels(ask):
    return [label for _value, label in ask.choices]


def of(form, name):
    return [str(label) for _value, label in form().fields[name].choices]


def test_each_page_that_takes_an_answer_has_its_question_on_paper_or_says_why_not(village):
    told = [name for names in OTHERWISE.values() for name in names.split()]
    assert sorted([*ON_PAPER, *told]) == sorted(own_pages())


def test_each_answer_that_a_page_offers_is_offered_on_paper(village, the_day_before):
    """One person of each kind, in each state in which something is asked."""
    with village.inside():
        soon, before, signing = the_day_before, case_at(village, Stage.PREPARING, matter=1), case_at(village, Stage.CONVENED, matter=2)
        signing.write_agreement()
        add_person(before.case, by=before.coordinator, name="Olga Voss", role="observer")
        asks = every_slip(village, before.rami, before.gail, soon.hana, signing.sol)
        choose_route(before.case, by=before.coordinator, how="letters", why="harmed")
        asks |= every_slip(village, before.hana)
        [watch] = [ask for name, ask in asks.items() if name.startswith(WATCH)]
        offered = {
            f"{ME}.take_part": of(AnswerForm, "answer"), f"{CHILD}.take_part": of(AnswerForm, "answer"), PART: of(PartForm, "part"),
            STOP: of(StopForm, "what"), STOP_CHILD: of(StopForm, "what")[:2], STILL: of(StillForm, "answer"),
            HOPES: [str(goal.label) for goal in Goal], READS: [str(label) for _value, label in OwnWords.Reads.choices],
        }  # fmt: skip
        assert {name: labels(asks[name]) for name in offered} == offered
        assert labels(watch) == [str(label) for _value, label in ANSWERS]
        assert {name: asks[name].title for name in OWN} == {name: str(OwnWordsForm.base_fields[name].label) for name in OWN}
        assert (len(labels(asks[SIGN])), "words" in ConcernForm.base_fields, [v for v, _l in asks[WANT].choices]) == (3, True, ["yes", "never"])
        assert {TIMES, SUPPORT, REACH, OWN_WORDS} <= {*asks}
