"""A correction in more than one version, taken back, of what few read, on the tablet and on paper (decision 149)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import LastingCopy, Signature, Spelling, SpellingBack
from setfair.agreements.terms import Terms
from setfair.agreements.tests.on_the_table import LIST, OURS, give_to
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import add, asked, gone_on, renewed, say_anew
from setfair.agreements.tests.slipping import RIGHT, SLIP, WORDS, put_right, reads, say_more
from setfair.cases import actions as cases
from setfair.core.actor import system
from setfair.desk.tests.todays import rules
from setfair.letters.models import Letter
from setfair.seals import actions as seals
from tests.readers import words_of

pytestmark = pytest.mark.django_db
UNDONE = "A correction was taken back on"


def told_by_letter():
    return set(Letter.objects.filter(key__startswith="spelling:").values_list("reader_id", flat=True))


def persons(story, *keys):
    return {story.people[key].person_id for key in keys}


def laid_out(story, what=SLIP):
    """Rami's promise, laid out; nobody has signed."""
    agreement = actions.draft(story.case, by=story.lead)
    add(story, story.rami, story.hana, what)
    add(story, story.sol, story.gail)
    return actions.present(agreement, by=story.lead)


def desk(story, village, who="fadi"):
    return village.sign_in(Client(), who).get(reverse("agreement", args=[story.case.ref]))


def second(story):
    """The next version, in which only Sol's part is different."""
    fresh = renewed(story)
    say_anew(story, story.items()[1], what="Bring two balls back.")
    return fresh


# Taken back to be written anew


def test_a_promise_that_was_put_right_is_taken_off_the_draft(met):
    laid_out(met)
    put_right(met)
    actions.reopen(met.agreement, by=met.lead)
    assert (Spelling.objects.count(), met.items()[0].what) == (0, RIGHT)
    actions.strike(met.items()[0], by=met.lead)
    assert [item.what for item in met.items()] == ["Bring the ball back."]


def test_what_was_put_right_before_says_nothing_of_words_written_anew(met):
    laid_out(met)
    put_right(met)
    actions.reopen(met.agreement, by=met.lead)
    say_anew(met, met.items()[0], what=SLIP)
    actions.present(met.agreement, by=met.lead)
    assert (reads(met), met.items()[0].what) == ((SLIP, []), SLIP)
    for words in ("Write a letter to Hanna.", RIGHT, "write a letter to Hana."):
        put_right(met, words)
    assert Spelling.objects.count() == 3


def test_one_that_rests_until_they_meet_again_keeps_the_right_words_and_no_correction(met):
    laid_out(met)
    put_right(met)
    actions.let_rest(met.agreement, by=met.lead)
    assert (met.agreement.stage, Spelling.objects.count(), met.items()[0].what) == (Stage.RESTS, 0, RIGHT)


# Two versions


def test_put_right_in_the_one_in_hand_it_is_right_in_the_one_that_holds_and_nobody_signs_for_it(held):
    first, fresh = held.agreement, second(held)
    actions.present(fresh, by=held.lead)
    before = [item.pk for item in queries.different(fresh)]
    assert (asked(held), gone_on(held)) == ({"sol", "gail"}, {"hana", "rami"})
    put_right(held)
    assert [item.pk for item in queries.different(fresh)] == before
    assert [line.what for line in queries.lines(first) if line.who == "Rami"] == [RIGHT]
    assert told_by_letter() == persons(held, "hana", "rami", "sol", "gail")
    assert queries.new_in(fresh, held.hana)[0] == {str(held.items()[1].pk)}
    actions.reopen(fresh, by=held.lead)
    actions.present(fresh, by=held.lead)
    assert (asked(held), gone_on(held)) == ({"sol", "gail"}, {"hana", "rami"})
    actions.leave_as_it_was(fresh, by=held.lead)
    assert [line.what for line in queries.lines(first) if line.who == "Rami"] == [RIGHT]


def test_where_there_is_no_room_in_the_other_version_it_is_refused_in_a_sentence(held):
    for words in ("Write a letter to Hanna.", RIGHT, "write a letter to Hana."):
        put_right(held, words)
    actions.present(second(held), by=held.lead)
    with pytest.raises(actions.CannotWrite, match="often enough"):
        put_right(held)
    assert (held.items()[0].what, Spelling.objects.count()) == ("write a letter to Hana.", 3)


def test_more_than_spelling_said_of_what_holds_is_on_the_page_of_the_next_and_the_draft_says_it_as_before(held, village):
    put_right(held)
    fresh = renewed(held)
    assert held.items()[0].what == RIGHT
    actions.take_spelling_back(Spelling.objects.get(), by=held.me("hana"), participation=held.hana)
    assert (held.items()[0].what, held.items()[0].edition) == (SLIP, 1)
    assert rules(village, "fadi").count("more_than_spelling") == 1
    assert desk(held, village).context["spelled_back"] == [(WORDS, held.hana.person.shown)]
    assert WORDS in told(desk(held, village))
    say_anew(held, held.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=held.lead)
    assert (asked(held), WORDS in told(desk(held, village))) == ({"sol", "gail"}, True)


def test_taken_back_in_one_it_is_taken_back_in_both(held):
    first = held.agreement
    actions.present(second(held), by=held.lead)
    put_right(held)
    assert Spelling.objects.count() == 2
    actions.take_spelling_back(Spelling.objects.get(item__agreement=first), by=held.lead)
    assert (SpellingBack.objects.count(), reads(held), held.items()[0].what) == (2, (SLIP, []), SLIP)


def test_a_draft_whose_spelling_was_put_right_meanwhile_is_not_saved_back(held, village):
    old = held.items()[0]
    renewed(held)
    there, fadi = reverse("promise_words", args=[held.items()[0].pk]), village.sign_in(Client(), "fadi")
    form = {name: value for name, value in fadi.get(there).context["form"].initial.items() if value}
    actions.put_right(old, by=held.lead, words={"what": RIGHT})
    answer = fadi.post(there, form)
    assert (answer.status_code, "Somebody else changed this promise" in told(answer)) == (422, True)
    assert (held.items()[0].what, held.items()[0].edition) == (RIGHT, 1)


# Taken back


def test_those_who_were_told_of_it_are_told_that_it_was_taken_back_and_a_line_stays(held, village):
    put_right(held)
    first = set(Letter.objects.filter(key__startswith="spelling:").values_list("pk", flat=True))
    say_more(held, "hana")
    again = Letter.objects.filter(key__startswith="spelling:").exclude(pk__in=first)
    assert set(again.values_list("reader_id", flat=True)) == persons(held, "hana", "rami", "sol", "gail")
    for key in held.people:
        page = told(village.enter(Client(), held.people[key]).get(reverse("my_agreement", args=[held.agreement.pk])))
        assert (UNDONE in page, WORDS in page) == (True, False)
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(held.agreement, by=system(village.school.pk))
    assert UNDONE in words_of(queries.copy_to_keep(held.agreement, held.rami))


def test_the_team_that_takes_one_back_which_some_signed_is_told_to_write_a_new_version(slip, village):
    put_right(slip)
    slip.sign_all()
    actions.take_spelling_back(Spelling.objects.get(), by=slip.lead)
    assert [rule for rule in rules(village, "fadi") if rule in ("undone", "more_than_spelling")] == ["undone"]
    assert "A correction was taken back that some had read when they signed." in told(desk(slip, village))


def test_one_that_nobody_had_before_them_is_taken_back_and_that_is_all(held, village):
    put_right(held)
    actions.take_spelling_back(Spelling.objects.get(), by=held.lead)
    assert [rule for rule in rules(village, "fadi") if rule in ("undone", "more_than_spelling")] == []


# What few read


@pytest.fixture
def narrow(met):
    """Sol's promise to Gail, with the slip, is theirs alone; it holds."""
    actions.draft(met.case, by=met.lead)
    add(met, met.sol, met.gail, SLIP, terms=Terms(reach="some"))
    add(met, met.rami, met.hana)
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    return met


def test_a_correction_of_what_few_read_reaches_them_alone(narrow, village):
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(narrow.agreement, by=system(village.school.pk))
    first = {copy.participation_id: bytes(copy.file) for copy in LastingCopy.objects.all()}
    put_right(narrow)
    assert told_by_letter() == persons(narrow, "sol", "gail")
    for key in ("hana", "rami"):
        assert queries.copy_to_keep(narrow.agreement, narrow.people[key]) == first[narrow.people[key].pk]
    made = actions.make_copies(narrow.agreement, by=system(village.school.pk))
    assert {copy.participation_id for copy in made} == {None, narrow.sol.pk, narrow.gail.pk}
    assert queries.without_copies(9) == []


def test_whoever_does_not_read_it_calls_it_nothing_in_python_nor_in_the_database(narrow):
    put_right(narrow)
    with pytest.raises(actions.CannotSign):
        say_more(narrow, "rami")
    with pytest.raises(IntegrityError, match="only who signed"), transaction.atomic():
        SpellingBack.objects.create(spelling=Spelling.objects.get(), case_id=narrow.case.pk, participation=narrow.rami)
    assert say_more(narrow, "gail").participation == narrow.gail


# Whether it is a slip


def test_step_by_step_a_word_does_not_become_another_one(met):
    laid_out(met, "Help with mending it.")
    put_right(met, "Help with manding it.")
    with pytest.raises(actions.CannotWrite, match="more than spelling"):
        put_right(met, "Help with maiding it.")
    assert met.items()[0].what == "Help with manding it."


def test_the_name_of_somebody_who_has_left_becomes_nobody_elses(met):
    for person, name in ((met.sol, "Marta"), (met.gail, "Maria")):
        person.person.called = name
        person.person.save()
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana, "Talk with Marta.")
    actions.present(met.agreement, by=met.lead)
    cases.let_go(met.sol, by=met.coordinator)
    assert met.agreement.stage == Stage.SIGNING
    with pytest.raises(actions.CannotWrite, match="more than spelling"):
        put_right(met, "Talk with Maria.")


# The tablet, and what was read aloud


def test_on_the_tablet_it_is_read_and_nothing_of_the_team_is_there_to_press(met, village, client):
    laid_out(met)
    met.find_fair()
    put_right(met)
    village.sign_in(client, "fadi")
    assert client.post(reverse("tablet", args=[met.agreement.pk]), OURS)["Location"] == LIST
    page = told(give_to(client, met.rami))
    assert (WORDS in page, "Take it back" in page, reverse("spelling_back", args=[met.items()[0].pk]) in page) == (True, False, False)
    assert reverse("spelling_back", args=[met.items()[0].pk]) in told(desk(met, village))


@pytest.mark.parametrize("way", ["spoken", "paper"])
def test_words_that_were_put_right_while_a_page_lay_open_are_not_written_down_from_it(slip, village, way):
    seen = desk(slip, village).context["seen_by_team"]
    put_right(slip)
    form = {"typed_name": "Rami", "language": "en", "heard": "on"}
    there, fadi = reverse(f"{way}_signature", args=[slip.rami.pk]), village.sign_in(Client(), "fadi")
    assert fadi.post(there, form | {"seen": seen}).status_code == 422
    assert fadi.post(there, form | {"seen": desk(slip, village).context["seen_by_team"]}).status_code == 302
    assert WORDS in str(Signature.objects.get(participation=slip.rami).seen)


def test_what_they_think_is_still_written_down_from_the_page_as_it_was_laid_out(met, village):
    laid_out(met)
    put_right(met)
    page = desk(met, village)
    answer = village.sign_in(Client(), "fadi").post(reverse("marks_said", args=[met.rami.pk]), {"seen": page.context["seen"]})
    assert answer.status_code == 302
    sign_after = [queries.fits(met.agreement).has_said(met.rami.pk)]
    assert sign_after == [True]
