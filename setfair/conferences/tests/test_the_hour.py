from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment
from setfair.conferences import actions, queries
from setfair.conferences.actions import CannotConvene, CannotGoOn
from setfair.conferences.models import Attendance, Conference, PageTurn
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.people.models import NoContact
from setfair.preparation import actions as preparation
from setfair.preparation.queries import questions
from setfair.programmes.actions import revise_script
from setfair.programmes.models import Script, ScriptPage
from setfair.programmes.scripts import running_script
from setfair.scheduling.actions import release
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.mark.mission("S0.3")
def test_a_booked_time_has_its_circle_with_the_script_in_use(planned):
    conference = planned.conference
    assert (conference.stage, conference.booking_id, conference.script.language) == ("planned", planned.booking.pk, "en")
    assert conference.script.pages.count() == 21


def test_it_takes_the_programmes_own_language_and_newest_version(village):
    with village.inside():
        village.school.language = "es"
        village.school.save(update_fields=["language"])
        newer = revise_script(running_script(village.school), by=village.actor("ada"), pages=[{"title": "Hola", "words": "Gracias por venir."}])
        assert (newer.language, case_at(village, Stage.SCHEDULED).conference.script_id) == ("es", newer.pk)


@pytest.mark.mission("S1.3")
def test_a_circle_to_come_back_has_the_script_and_the_questions_for_it(village):
    def to_come_back(story):
        cases.choose_route(story.case, by=story.coordinator, how="reentry", why="responsible")

    with village.inside():
        story = case_at(village, Stage.SCHEDULED, before_meeting=to_come_back)
        assert (story.conference.script.way, story.conference.script.name) == ("reentry", "A circle to come back")
        assert [page.title for page in questions(story.rami, "en")][0] == "The time away"
        assert [page.title for page in questions(story.rami, "es")][0] == "El tiempo fuera"


def test_beside_each_page_stands_the_language_of_whoever_else_is_here(planned):
    people = [planned.hana, planned.rami]
    pages = queries.pages(planned.conference, people, {})
    assert queries.beside(planned.conference, pages, people, {}) == []
    planned.hana.person.language = "es"
    beside = queries.beside(planned.conference, pages, people, {})
    assert [page.key for page in beside] == [page.key for page in pages]
    assert [page.title for page in beside if page.key == "harmed"] == ["Cómo fue para ti"]
    assert queries.beside(planned.conference, pages, people, {planned.hana.pk: False}) == []


def test_a_programme_without_a_script_is_given_ours(village):
    with village.inside(village.county):
        Script.objects.update(retired_at="2026-01-01T00:00Z")
        Script.objects.update(name=Concat("way", Value(" retired")))
        story = case_at(village, Stage.SCHEDULED, village.county)
        assert story.conference.script.name == "Our script"


def test_it_begins_and_the_case_has_met(on_the_day):
    conference = on_the_day.begin()
    on_the_day.case.refresh_from_db()
    assert (conference.stage, on_the_day.case.stage, conference.started_at is not None) == ("live", Stage.CONVENED, True)
    assert actions.convene(conference, by=on_the_day.lead).started_at == conference.started_at
    assert Entry.objects.filter(subject_kind="conferences.conference", detail__to="live").count() == 1


def stop_without_a_yes(story):
    for consent in ("no",):
        story.hana.consents.model.objects.create(
            participation=story.hana,
            giver=story.hana,
            scope="take_part",
            answer=consent,
            method="said",
            words="1",
            language="en",
            by_kind="staff",
        )


def stop_with_a_wall(story):
    one, other = sorted((story.hana.person, story.rami.person), key=lambda p: p.pk)
    NoContact.objects.create(one=one, other=other, by_order=True)


def stop_without_acknowledgement(story):
    story.rami.acknowledgements.model.objects.create(participation=story.rami, given=False, by_kind="staff")


def stop_without_the_guardian(story):
    story.rami.consents.model.objects.create(
        participation=story.rami, giver=story.gail, scope="take_part", answer="no", method="said", words="1", language="en", by_kind="staff"
    )


def stop_without_a_second_student(story):
    cases.unassign(story.case.assignments.filter(part=Assignment.Part.STUDENT).first(), by=story.coordinator)


def stop_with_a_certificate_that_has_run_out(story):
    fadi = story.village.facilitator("fadi")
    fadi.certified_until = queries.day_of(story.conference) - timedelta(days=1)
    fadi.save(update_fields=["certified_until"])


@pytest.mark.mission("S0.2")
@pytest.mark.mission("S0.9")
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (stop_without_a_yes, "Hana has said no."),
        (stop_with_a_wall, "must not be brought together"),
        (stop_without_acknowledgement, "has not said that they take some responsibility"),
        (stop_without_the_guardian, "Gail Delacourt has not said yes for Rami."),
        (stop_without_a_second_student, "1 more student facilitator is needed."),
        (stop_with_a_certificate_that_has_run_out, "1 more certified facilitator is needed."),
    ],
)
def test_on_the_day_it_is_asked_again_whether_it_may_begin(on_the_day, spoil, sentence):
    spoil(on_the_day)
    with pytest.raises(CannotConvene, match=sentence):
        on_the_day.begin()
    on_the_day.case.refresh_from_db()
    assert (on_the_day.conference.stage, on_the_day.conference.started_at, on_the_day.case.stage) == ("planned", None, Stage.SCHEDULED)


def test_it_asks_about_the_day_that_was_booked_also_before_that_day(planned):
    stop_with_a_certificate_that_has_run_out(planned)
    assert {b.code for b in queries.stops(planned.conference)} == {"lead", "staff"}


def test_a_yes_that_has_grown_old_by_the_day_no_longer_counts(planned):
    with at(planned.booking.starts_at + timedelta(days=120)), pytest.raises(CannotConvene, match="more than 90 days ago"):
        planned.begin()


def test_what_has_grown_old_but_can_be_set_aside_is_shown_and_does_not_stop_it(planned):
    with at(planned.booking.starts_at + timedelta(days=20)):
        assert {b.code for b in queries.worries(planned.conference)} == {"safety"}
        assert planned.begin().stage == "live"


def test_who_came_is_added_and_the_latest_counts(on_the_day):
    conference = on_the_day.conference
    for came in (False, False, True):
        actions.mark_attendance(conference, on_the_day.rami, by=on_the_day.lead, came=came)
    actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=False)
    assert queries.came(conference) == {on_the_day.rami.pk: True, on_the_day.hana.pk: False}
    assert list(Attendance.objects.filter(participation=on_the_day.rami).order_by("at").values_list("came", flat=True)) == [False, True]
    assert queries.missing([on_the_day.rami, on_the_day.hana, on_the_day.sol], queries.came(conference)) == [on_the_day.hana]


def test_somebody_of_another_case_is_not_marked(on_the_day, village):
    otto = case_at(village, Stage.PREPARING, circle=OTHER, matter=2).people["otto"]
    with pytest.raises(CannotGoOn, match="another meeting"):
        actions.mark_attendance(on_the_day.conference, otto, by=on_the_day.lead, came=True)


@pytest.mark.mission("S0.3")
def test_page_turns_are_added_and_never_changed(on_the_day, village):
    conference = on_the_day.begin()
    actions.take_script(conference, by=village.actor("ines"))
    for page in (2, 3, 3, 2):
        actions.turn_page(conference, by=village.actor("ines"), page=page)
    turns = PageTurn.objects.order_by("at")
    assert [(t.page, t.by) for t in turns] == [(n, village.users["ines"].pk) for n in (2, 3, 2)]
    assert queries.page_now(conference) == 2
    for change in ("UPDATE conferences_pageturn SET page = 9", "DELETE FROM conferences_pageturn", "DELETE FROM conferences_attendance"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_pages_are_turned_only_while_it_is_under_way_and_only_to_pages_there_are(on_the_day):
    conference = on_the_day.conference
    with pytest.raises(CannotGoOn, match="while the meeting is under way"):
        actions.turn_page(conference, by=on_the_day.lead, page=1)
    on_the_day.begin()
    with pytest.raises(CannotGoOn, match="no such page"):
        actions.turn_page(conference, by=on_the_day.lead, page=99)


@pytest.mark.mission("S0.5")
def test_the_script_asks_each_role_that_is_here_and_passes_over_the_others(on_the_day):
    people = [on_the_day.hana, on_the_day.rami, on_the_day.sol, on_the_day.gail]
    asks = [page.asks for page in queries.pages(on_the_day.conference, people, {})]
    voices = ["responsible", "harmed", "supporter", "guardian", "responsible", "harmed"]
    assert asks == ["", "", "everyone", "everyone", *voices, *["everyone"] * 6, "", "", ""]
    without = queries.pages(on_the_day.conference, people, {on_the_day.sol.pk: False})
    assert "supporter" not in [page.asks for page in without]
    assert queries.asked(ScriptPage(asks="responsible"), people, {}) == ["Rami"]


@pytest.mark.mission("S2.6")
def test_the_two_sides_do_not_sit_side_by_side(on_the_day):
    people = [on_the_day.hana, on_the_day.rami, on_the_day.sol, on_the_day.gail]
    chairs = [chair.name for chair in queries.seating(on_the_day.conference, people)]
    assert chairs == ["Fadi", "Hana", "Sol", "Ines", "Malik", "Gail", "Rami"]


def test_it_is_concluded_once_and_the_case_waits_for_what_was_agreed(on_the_day):
    conference = on_the_day.begin()
    actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=False)
    actions.mark_attendance(conference, on_the_day.rami, by=on_the_day.lead, came=True)
    ended = actions.conclude(conference, by=on_the_day.lead).ended_at
    assert actions.conclude(conference, by=on_the_day.lead).ended_at == ended
    on_the_day.case.refresh_from_db()
    assert (conference.stage, on_the_day.case.stage) == ("concluded", Stage.CONVENED)
    with pytest.raises(WrongStep):
        actions.adjourn(conference, by=on_the_day.lead, reason="asked")


def test_it_is_not_finished_while_nobody_is_marked_as_having_come(on_the_day):
    conference = on_the_day.begin()
    for came in (True, False):
        actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=came)
    with pytest.raises(CannotGoOn, match="Please mark who came, then finish."):
        actions.conclude(conference, by=on_the_day.lead)
    assert (on_the_day.conference.stage, on_the_day.conference.ended_at) == ("live", None)
    actions.mark_attendance(conference, on_the_day.sol, by=on_the_day.lead, came=True)
    assert actions.conclude(conference, by=on_the_day.lead).stage == "concluded"


def test_what_was_marked_wrongly_is_put_right_until_all_have_signed(on_the_day):
    on_the_day.hold_conference()
    actions.mark_attendance(on_the_day.conference, on_the_day.sol, by=on_the_day.lead, came=False)
    assert queries.came(on_the_day.conference)[on_the_day.sol.pk] is False
    actions.mark_attendance(on_the_day.conference, on_the_day.sol, by=on_the_day.lead, came=True)
    on_the_day.write_agreement()
    on_the_day.sign_all()
    with pytest.raises(CannotGoOn, match="over"):
        actions.mark_attendance(on_the_day.conference, on_the_day.sol, by=on_the_day.lead, came=False)
    assert [(m.came) for m in Attendance.objects.filter(participation=on_the_day.sol).order_by("at")] == [True, False, True]


def test_a_circle_that_was_stopped_or_called_off_is_marked_no_more(on_the_day):
    conference = on_the_day.begin()
    actions.adjourn(conference, by=on_the_day.lead, reason="asked")
    with pytest.raises(CannotGoOn, match="over"):
        actions.mark_attendance(conference, on_the_day.sol, by=on_the_day.lead, came=True)


def test_what_has_not_begun_cannot_be_concluded(planned):
    with pytest.raises(WrongStep):
        actions.conclude(planned.conference, by=planned.lead)
    assert (planned.conference.stage, planned.conference.ended_at) == ("planned", None)


@pytest.mark.mission("S1.2")
def test_stopped_for_today_the_case_is_ready_for_another_day(on_the_day):
    conference = on_the_day.begin()
    actions.adjourn(conference, by=on_the_day.lead, reason="asked")
    actions.adjourn(conference, by=on_the_day.lead, reason="asked")
    on_the_day.case.refresh_from_db()
    assert (conference.stage, on_the_day.case.stage, conference.ended_at is not None) == ("adjourned", Stage.READY, True)
    on_the_day.book()
    assert [c.stage for c in Conference.objects.order_by("planned_at")] == ["adjourned", "planned"]


def test_a_time_given_back_cancels_the_circle_and_a_new_time_plans_a_new_one(planned):
    release(planned.booking, by=planned.coordinator)
    assert planned.conference.stage == "cancelled"
    planned.case.refresh_from_db()
    planned.book()
    assert sorted(Conference.objects.values_list("stage", flat=True)) == ["cancelled", "planned"]


@pytest.mark.mission("S0.9")
def test_a_change_of_mind_in_the_middle_stops_it(on_the_day):
    on_the_day.begin()
    preparation.withdraw(on_the_day.rami, by=on_the_day.me("rami"))
    on_the_day.case.refresh_from_db()
    assert (on_the_day.conference.stage, on_the_day.case.stage) == ("adjourned", Stage.PREPARING)
    assert on_the_day.conference.ended_at is not None


def test_nothing_of_a_change_of_mind_stays_when_it_is_undone(planned):
    with pytest.raises(RuntimeError), transaction.atomic():
        preparation.withdraw(planned.rami, by=planned.me("rami"))
        assert planned.conference.stage == "cancelled"
        raise RuntimeError
    assert planned.conference.stage == "planned"
