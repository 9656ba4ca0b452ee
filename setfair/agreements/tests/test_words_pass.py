"""Words under a name reach the others once somebody of the team has read them, and never where nothing may pass (decision 164)."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, paper, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import LastingCopy, Remark, RemarkLet
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import add
from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.core.actor import system
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.keeping.queries.theirs import of_person
from setfair.seals import actions as seals
from setfair.village.story import case_at
from tests.readers import words_of

pytestmark = pytest.mark.django_db
WORDS = "I know where you live."
BOX = 'name="remark_shown"'


def sign(story, key, words="", shown=False):
    person, said = story.people[key], {"remark": words, "remark_shown": shown}
    return actions.sign(story.agreement, by=story.me(key), participation=person, method="own", typed_name=person.person.shown, **said)


def page_of(village, story, key):
    return told(village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk])))


def who_reads(village, story):
    return {key for key in story.people if WORDS in page_of(village, story, key)}


@pytest.fixture
def last(signing):
    """Rami signs last, with words for everyone under his name."""
    for key in ("hana", "sol", "gail"):
        sign(signing, key)
    sign(signing, "rami", WORDS, shown=True)
    assert signing.agreement.stage == Stage.IN_FORCE
    return signing


def order(story):
    return cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)


@pytest.mark.mission("S0.6")
def test_whoever_signs_last_is_read_by_nobody_before_somebody_of_the_team_has_read_it(last, village):
    page = page_of(village, last, "rami")
    assert ("The team reads them first." in page, who_reads(village, last)) == (True, {"rami"})
    assert not any(WORDS in str(paper.own_names(last.agreement, of=last.people[key])) for key in ("hana", "sol", "gail"))
    team = told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[last.case.ref])))
    assert (WORDS in team, "Let everyone read them" in team) == (True, True)
    let = actions.let_pass(Remark.objects.get(), by=last.lead)
    assert (let.by, actions.let_pass(let.remark, by=last.coordinator), RemarkLet.objects.count()) == (last.lead.id, let, 1)
    assert who_reads(village, last) == {"hana", "rami", "sol", "gail"}
    assert [entry.verb for entry in Entry.objects.filter(verb="let_words_pass")] == ["let_words_pass"]
    assert "let pass to everyone" in str(of_person(last.rami, []))
    with pytest.raises(ProgrammingError), transaction.atomic():
        RemarkLet.objects.update(at=timezone.now())


@pytest.mark.parametrize(("who", "status"), [("fadi", 302), ("cora", 302), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_of_the_team_lets_them_pass(last, village, client, who, status):
    where, form = reverse("remark_let", args=[last.rami.pk]), {"remark": str(Remark.objects.get().pk)}
    assert village.sign_in(client, who).post(where, form).status_code == status
    assert RemarkLet.objects.count() == (status == 302)


def test_nobody_of_the_circle_does_nor_is_it_said_of_somebody_else(last, next_case, village, client):
    form = {"remark": str(Remark.objects.get().pk)}
    for who in (last.rami, next_case.otto):
        assert village.enter(Client(), who).post(reverse("remark_let", args=[last.rami.pk]), form).status_code == 401
    assert village.sign_in(client, "fadi").post(reverse("remark_let", args=[last.hana.pk]), form).status_code == 302
    assert client.post(reverse("remark_let", args=[last.rami.pk]), {"remark": "x"}).status_code == 302
    assert RemarkLet.objects.count() == 0


def test_what_was_changed_since_or_is_for_the_team_alone_is_not_let_pass(signing, village):
    given = sign(signing, "hana", WORDS, shown=True)
    first = Remark.objects.get()
    second = actions.remark(given, by=signing.me("hana"), words="Something else.", shown=True)
    third = actions.remark(given, by=signing.me("hana"), words="For you alone.")
    for row in (first, second, third):
        with pytest.raises(actions.CannotSign, match="read them again"):
            actions.let_pass(row, by=signing.lead)
        with pytest.raises(IntegrityError, match="do not pass"), transaction.atomic():
            RemarkLet.objects.create(remark=row, case_id=row.case_id, passes=True, by=signing.lead.id)


def test_words_that_were_let_and_are_changed_then_wait_anew(signing, village):
    given = sign(signing, "hana", "It is fine.", shown=True)
    actions.let_pass(Remark.objects.get(), by=signing.lead)
    actions.remark(given, by=signing.me("hana"), words=WORDS, shown=True)
    signing.sign_all()
    assert who_reads(village, signing) == {"hana"}


def test_where_two_are_kept_apart_nothing_is_kept_for_the_others_and_nobody_is_asked(signing, village):
    assert BOX in page_of(village, signing, "hana")
    order(signing)
    assert BOX not in page_of(village, signing, "hana")
    desk = told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[signing.case.ref])))
    assert BOX not in desk
    sign(signing, "hana", WORDS, shown=True)
    row = Remark.objects.get()
    assert (row.words, row.shown) == (WORDS, False)
    with pytest.raises(actions.CannotSign):
        actions.let_pass(row, by=signing.lead)


def test_an_order_that_comes_later_takes_them_from_pages_and_from_copies_made_anew(last, village):
    actions.let_pass(Remark.objects.get(), by=last.lead)
    seals.make_key(village.school, by=system(village.school.pk))
    copied(last, village)
    assert WORDS in words_of(queries.copy_to_keep(last.agreement, last.hana))
    wall = order(last)
    assert who_reads(village, last) == {"rami"}
    assert queries.copy_to_keep(last.agreement, last.hana) == b""
    assert WORDS not in words_of(paper.own_copy(last.agreement, of=last.hana))
    copied(last, village)
    assert WORDS not in words_of(queries.copy_to_keep(last.agreement, last.hana))
    type(wall).objects.filter(pk=wall.pk).update(ended_at=timezone.now())
    assert WORDS in words_of(queries.copy_to_keep(last.agreement, last.hana))


def test_the_database_lets_none_pass_between_two_who_are_kept_apart(last):
    order(last)
    row = Remark.objects.get()
    with pytest.raises(actions.CannotSign, match="must have no contact"):
        actions.let_pass(row, by=last.lead)
    with pytest.raises(IntegrityError, match="do not pass"), transaction.atomic():
        RemarkLet.objects.create(remark=row, case_id=row.case_id, passes=True, by=last.lead.id)


def test_where_they_do_not_meet_only_the_team_reads_them(village):
    with village.inside(), timezone.override(village.school.zone):
        story = case_at(village, CaseStage.READY)
        cases.choose_route(story.case, by=story.coordinator, how="shuttle", why="harmed")
        story.hear_every_yes()
        story.declare_ready()
        actions.draft(story.case, by=story.lead)
        add(story, story.rami, story.hana)
        actions.present(story.agreement, by=story.lead, first="responsible")
        story.find_fair()
        sign(story, "gail")
        page = page_of(village, story, "rami")
        assert ("Say something of your own with it" in page, BOX in page) == (True, False)
        sign(story, "rami", WORDS, shown=True)
        assert Remark.objects.get().shown is False
        actions.pass_on(story.agreement, by=story.lead)
        story.find_fair()
        sign(story, "hana")
        assert (story.agreement.stage, who_reads(village, story)) == (Stage.IN_FORCE, {"rami"})


def copied(story, village):
    return actions.make_copies(story.agreement, by=system(village.school.pk))


def test_copies_are_due_again_with_it_and_those_made_before_stay(last, village):
    seals.make_key(village.school, by=system(village.school.pk))
    copied(last, village)
    first = {copy.pk: bytes(copy.file) for copy in LastingCopy.objects.all()}
    actions.let_pass(Remark.objects.get(), by=last.lead)
    assert queries.without_copies(9) == [(village.school.pk, last.agreement.pk)]
    assert len(copied(last, village)) == 5
    assert (queries.without_copies(9), copied(last, village)) == ([], [])
    assert {copy.pk: bytes(copy.file) for copy in LastingCopy.objects.filter(told="")} == first
    assert WORDS in words_of(queries.copy_to_keep(last.agreement, last.hana))


def test_words_that_come_just_after_it_held_are_not_lost_without_a_word(signing, village):
    signing.sign_all()
    answer = village.enter(Client(), signing.hana).post(reverse("my_remark", args=[signing.agreement.pk]), {"remark": "My own words."})
    page = told(answer)
    assert (answer.status_code, "It holds now" in page, "My own words." in page) == (422, True, True)


def test_it_waits_on_today_until_somebody_has_read_it_whatever_they_decide(last, village):
    assert [who for who in ("fadi", "cora", "mina", "nour") if "words_wait" in rules(village, who)] == ["fadi", "cora"]
    where, form = reverse("remark_let", args=[last.rami.pk]), {"remark": str(Remark.objects.get().pk)}
    fadi = village.sign_in(Client(), "fadi")
    assert fadi.post(where, form | {"keep": "on"}).status_code == 302
    assert ("words_wait" in rules(village, "fadi"), who_reads(village, last)) == (False, {"rami"})
    assert "Only the team reads them." in page_of(village, last, "rami")
    assert fadi.post(where, form).status_code == 302
    assert who_reads(village, last) == {"hana", "rami", "sol", "gail"}
    assert fadi.post(where, form | {"keep": "on"}).status_code == 422
    assert list(RemarkLet.objects.order_by("at").values_list("passes", flat=True)) == [False, True]


def test_where_two_are_kept_apart_nothing_waits(last, village):
    order(last)
    assert "words_wait" not in rules(village, "fadi")
