"""Parents and guardians: each one's yes and the young person's own; none of it for a parent without a say, and all of it over at 18."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.actions import CannotChange
from setfair.cases.models import Participation, Role
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.desk.prepared import lacking
from setfair.letters.models import Letter
from setfair.preparation import actions, queries
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.queries import blockers, speaks_for
from setfair.village.time import at

pytestmark = pytest.mark.django_db
CHILD = ("choice_child", "choice_child_agree", "stop_child")


@pytest.fixture
def story(village, at_prepared):
    with village.inside():
        yield at_prepared


def parent(story, name="Paul Delacourt", **said):
    given = {"role": Role.GUARDIAN, "stands_by": story.rami, "contacts": {"email": "paul@home.example"}}
    return cases.add_person(story.case, by=story.coordinator, name=name, **given, **said)


def ready(story):
    return [(b.code, b.sentence) for b in blockers(story.case)]


def is_listed_as_prepared(story):
    return type(story.case).objects.filter(pk=story.case.pk).exclude(lacking(timezone.localdate())).exists()


# Zero to several


@pytest.mark.mission("S2.5")
def test_every_guardian_who_may_decide_is_needed_and_so_is_the_young_person(story):
    paul = parent(story, has_authority=True)
    for who in (paul,):
        actions.meet(who, by=story.lead, held_on=timezone.localdate())
        actions.check_safety(who, by=story.lead, level="low")
        actions.consent(who, by=story.lead, answer="yes")
    assert ready(story) == [("guardian", "Paul Delacourt has not said yes for Rami.")]
    assert not is_listed_as_prepared(story)
    actions.consent(story.rami, by=story.lead, giver=paul, answer="yes")
    assert (ready(story), is_listed_as_prepared(story)) == ([], True)
    actions.consent(story.rami, by=story.me("gail"), giver=story.gail, answer="no", method="own")
    assert ([code for code, _words in ready(story)], is_listed_as_prepared(story)) == (["guardian"], False)
    actions.consent(story.rami, by=story.me("gail"), giver=story.gail, answer="yes", method="own")
    actions.consent(story.rami, by=story.me("rami"), answer="no", method="own")
    assert [code for code, _words in ready(story)] == ["consent"]


def test_two_guardians_read_nothing_of_each_others_answers(client, village, story, browser_clients):
    paul = parent(story, has_authority=True)
    actions.consent(story.rami, by=story.lead, giver=paul, answer="no", conditions="")
    page = village.enter(client, story.gail).get(reverse("my_yes")).content.decode()
    assert ("Paul" in page, page.count("<section")) == (False, 2)


# Without a say


def test_a_parent_without_a_say_sees_nothing_cannot_answer_and_gets_no_letter(client, village, story, browser_clients):
    paul = parent(story)
    assert (paul.left_at is not None, paul in circle(story.case), ready(story)) == (True, False, [])
    code = village.code_for(paul)
    for page in ("home", "choice", "questions", "my_yes", "my_shared", *CHILD):
        other = browser_clients()
        other.post(reverse("code"), {"code": code})
        assert other.get(reverse(page)).status_code == 404
    for act in (lambda: actions.invite(paul, by=story.lead), lambda: actions.consent(story.rami, by=story.lead, giver=paul, answer="no")):
        with pytest.raises(CannotPrepare):
            act()
    assert not Letter.objects.filter(reader_id=paul.person_id).exists()
    page = village.sign_in(client, "cora").get(reverse("case_people", args=[story.case.ref])).content.decode()
    assert ("Parents without a say" in page, "No longer here" in page) == (True, False)


def test_the_same_form_twice_is_one_parent(story):
    assert parent(story) == parent(story)


def test_whoever_loses_their_say_is_outside_with_the_same_act(client, village, story):
    gail = village.enter(client, story.gail)
    cases.correct_place(story.gail, by=story.coordinator, role=Role.GUARDIAN, stands_by=story.rami, guardian_needed=False, has_authority=False)
    assert gail.get(reverse("home")).url == reverse("code")
    with village.inside():
        assert ready(story) == [("guardian", "Rami needs a parent or guardian, or a note why not.")]


def test_the_database_lets_no_parent_without_a_say_into_a_circle(story):
    with pytest.raises(IntegrityError, match="participation_no_say"), transaction.atomic():
        Participation.objects.filter(pk=story.gail.pk).update(has_authority=False)


# What they see


def test_a_guardian_reads_of_their_own_child_and_nothing_of_the_other_side(client, village, at_scheduled):
    with village.inside():
        story = at_scheduled
        actions.consent(story.rami, by=story.lead, answer="yes", conditions="only if my uncle is there")
        actions.disclose(story.rami, by=story.lead, kind="export")
        actions.disclose(story.hana, by=story.lead, kind="agreement")
    gail = village.enter(client, story.gail)
    pages = "".join(gail.get(reverse(page)).content.decode() for page in ("home", "my_yes", "my_shared", "choice_child", "questions", "times"))
    assert [word for word in ("Hana", "Sol ", "O'Hara", "uncle", "put the plan on paper", story.case.ref) if word in pages] == []
    assert ("What was shared about Rami" in pages, "made a list or a file" in pages) == (True, True)


def test_the_young_person_is_told_who_can_see_and_what(client, village, story, browser_clients):
    rami = village.enter(client, story.rami).get(reverse("home")).content.decode()
    hana = village.enter(browser_clients(), story.hana).get(reverse("home")).content.decode()
    sign = "They do not see what you choose, or what you tell us."
    assert ("Gail can see some things too" in rami, sign in rami, sign in hana) == (True, True, False)


# At 18


@pytest.fixture
def birthday(village, story):
    """Rami turns 18 in ten days, on the programme's own clock."""
    day = clock.local(timezone.now(), story.programme.zone).date() + timedelta(days=10)
    story.rami.person.birth_year = day.year - 18
    story.rami.person.save()
    story.rami.refresh_from_db()
    actions.note_18th(story.rami, by=story.coordinator, on=day)
    story.rami.refresh_from_db()
    return day


def last_moment(story, birthday):
    return clock.at(birthday, 0, 0, story.programme.zone) - timedelta(minutes=2)


def test_at_18_the_say_and_the_view_of_a_guardian_end_by_themselves_that_very_day(client, village, story, birthday):
    gail, before = village.enter(client, story.gail), last_moment(story, birthday)
    with at(before):
        assert (speaks_for(story.gail), len(queries.may_answer(story.rami)), ready(story)) == (story.rami, 2, [])
        assert is_listed_as_prepared(story)
    with at(before + timedelta(minutes=4)):
        assert (speaks_for(story.gail), queries.may_answer(story.rami)) == (None, [story.rami])
        with pytest.raises(CannotPrepare, match="Only a parent or guardian who may decide"):
            actions.consent(story.rami, by=story.lead, giver=story.gail, answer="no")
        assert ready(story) == [("consent", "Rami is 18 now. Please ask for a yes of their own.")]
        assert not is_listed_as_prepared(story)
        gail = village.enter(client, story.gail)
        assert {gail.get(reverse(page)).url for page in CHILD} == {reverse("home")}
        pages = "".join(gail.get(reverse(page)).content.decode() for page in ("home", "my_yes", "my_shared"))
        assert ("Your choice for Rami" in pages, "What was shared about Rami" in pages, "(Rami)" in pages) == (False, False, False)
        actions.consent(story.rami, by=story.me("rami"), answer="yes", method="own")
        assert (ready(story), is_listed_as_prepared(story)) == ([], True)


def test_who_is_18_is_asked_for_a_yes_of_their_own(client, village, story, birthday):
    asked = "You are 18 now. Your choice is yours alone."
    seen = []
    for moment in (last_moment(story, birthday), last_moment(story, birthday) + timedelta(minutes=4)):
        with at(moment):
            page = village.enter(client, story.rami).get(reverse("home")).content.decode()
            seen.append((asked in page, "Gail can see some things too" in page))
    assert seen == [(False, True), (True, False)]


def test_an_agreement_that_only_their_child_signs_is_closed_to_a_guardian_at_18(client, village, at_following_up):
    with village.inside():
        story = at_following_up
        day = clock.local(timezone.now(), story.programme.zone).date() + timedelta(days=3)
        story.rami.person.birth_year = day.year - 18
        story.rami.person.save()
        vera = Participation.objects.create(case=story.case, person=story.sol.person, role=Role.GUARDIAN, stands_by=story.rami, has_authority=True)
        agreement = story.agreement
        actions.note_18th(story.rami, by=story.coordinator, on=day)
    status = []
    for moment in (last_moment(story, day), last_moment(story, day) + timedelta(minutes=4)):
        with at(moment):
            status.append(village.enter(client, vera).get(reverse("my_agreement", args=[agreement.pk])).status_code)
    assert status == [200, 404]


def test_the_day_is_asked_only_near_it_and_fits_the_year(client, village, story, browser_clients):
    year = clock.now().year
    cora = village.sign_in(client, "cora")
    page, address = reverse("person", args=[story.rami.pk]), reverse("turns_18", args=[story.rami.pk])
    shown = []
    for born in (year - 12, year - 17):
        story.rami.person.birth_year = born
        story.rami.person.save()
        shown.append('id="turns-18"' in cora.get(page).content.decode())
    assert shown == [False, True]
    assert cora.post(address, {"on": date(year + 3, 5, 5).isoformat()}).status_code == 422
    assert village.sign_in(browser_clients(), "fadi").post(address, {"on": date(year + 1, 5, 5).isoformat()}).status_code == 404
    assert cora.post(address, {"on": date(year + 1, 5, 5).isoformat()}).status_code == 302
    with village.inside():
        story.rami.person.refresh_from_db()
        assert clock.local(story.rami.person.of_age_at, story.programme.zone).date() == date(year + 1, 5, 5)
        with pytest.raises(CannotPrepare, match="only of somebody who may be under 18"):
            actions.note_18th(story.hana, by=story.coordinator, on=date(year, 1, 1))
        with pytest.raises(CannotChange, match="only for the person they stand by"):
            cases.add_person(story.case, by=story.coordinator, name="Vera", role=Role.GUARDIAN, has_authority=True)
