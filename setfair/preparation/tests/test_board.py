"""The readiness board is of a day: what holds today, and not on that day, is missing for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Assignment, Case, Role
from setfair.core import clock
from setfair.preparation import actions
from setfair.preparation.queries import blockers, board, circle
from setfair.programmes.models import Programme, Room
from setfair.scheduling import actions as scheduling
from setfair.scheduling import queries as times
from setfair.scheduling.open_days import open_between
from setfair.village.time import at, today


def named(case, on=None):
    return [(b.code, b.participation.person.shown if b.participation else None) for b in blockers(case, on)]


def open_days(programme, after):
    """Moments at which a room could be had, after that day, one a day."""
    found = {clock.local(s.starts, programme.zone).date(): s.starts for s in open_between(programme, after, after + timedelta(days=20))}
    return sorted(found.items())


def book(story, moment):
    return scheduling.book(story.case, by=story.coordinator, room=Room.objects.order_by("name").first(), starts_at=moment, minutes=60)


@pytest.mark.mission("S2.5")
def test_whoever_turns_18_in_between_is_asked_for_a_yes_of_their_own(village, at_ready):
    """Rami said yes at 17, and his mother did. A day before his birthday can be booked, and from his birthday on none."""
    with village.inside():
        story, programme = at_ready, village.school
        days = open_days(programme, today(programme) + timedelta(days=1))
        before, birthday = days[0], days[1][0]
        story.rami.person.birth_year = birthday.year - 18
        story.rami.person.save(update_fields=["birth_year"])
        actions.note_18th(story.rami, by=story.coordinator, on=birthday)
        story.case.refresh_from_db()
        assert (named(story.case), named(story.case, before[0]), named(story.case, birthday)) == ([], [], [("consent", "Rami")])
        with pytest.raises(scheduling.CannotBook, match="Rami turns 18 on .* From then on a yes of their own is needed"):
            book(story, days[1][1])
        marked = [(s.missing != "", clock.local(s.starts_at, programme.zone).date() >= birthday) for s in times.suggestions(story.case)]
        assert set(marked) == {(False, False), (True, True)}
        assert book(story, before[1]).starts_at == before[1]


@pytest.mark.mission("S2.5")
def test_a_yes_that_ends_before_the_day_keeps_it_shut_and_a_day_before_its_end_open(village, at_ready):
    with village.inside():
        story, programme = at_ready, village.school
        days = open_days(programme, today(programme) + timedelta(days=1))
        actions.consent(story.hana, by=story.lead, answer="yes", until=days[0][0])
        with pytest.raises(scheduling.CannotBook, match="The yes of Hana ends on"):
            book(story, days[1][1])
        assert (Case.objects.get(pk=story.case.pk).stage, book(story, days[0][1]).case) == ("ready", story.case)


def test_what_is_set_aside_for_a_day_is_for_that_day_and_its_reason_stands_in_the_history(client, village, at_ready, browser_clients):
    with village.inside():
        story, programme = at_ready, village.school
        Programme.objects.filter(pk=programme.pk).update(safety_days=1)
        programme.refresh_from_db()
        story.case.programme.refresh_from_db()
        (day, moment), (other, _later) = open_days(programme, today(programme) + timedelta(days=2))[:2]
        assert named(story.case, day) == [("safety", name) for name in ("Hana", "Rami", "Sol", "Gail Delacourt")]
    cora, page = village.sign_in(client, "cora"), reverse("ready", args=[story.case.ref])
    shown = cora.get(page, {"on": day.isoformat()}).content.decode()
    assert ("4 things are missing" in shown, 'name="what"' in shown) == (True, True)
    fadi = village.sign_in(browser_clients(), "fadi")
    assert 'name="what"' not in fadi.get(page, {"on": day.isoformat()}).content.decode()
    for key in ("hana", "rami", "sol", "gail"):
        said = {"what": f"safety.{story.people[key].pk}", "reason": f"We look again that morning, {key}.", "on": day.isoformat()}
        assert fadi.post(reverse("set_aside", args=[story.case.ref]), said).status_code == 404
        assert cora.post(reverse("set_aside", args=[story.case.ref]), said).status_code == 302
    with village.inside():
        assert (named(story.case, day), len(named(story.case, other))) == ([], 4)
        assert book(story, moment).starts_at == moment
    history = reverse("case_history", args=[story.case.ref])
    assert "We look again that morning, sol." in fadi.get(history).content.decode()
    assert village.sign_in(browser_clients(), "nour").get(history).status_code == 404
    assert "It counts for" not in cora.get(page, {"on": "2001-01-01"}).content.decode()


def test_the_board_has_a_line_for_each_person_and_the_day_that_is_booked(client, village, at_scheduled):
    with village.inside():
        story, programme = at_scheduled, village.school
        day = clock.local(story.booking.starts_at, programme.zone).date()
        cases.add_person(story.case, by=story.coordinator, name="Vera", role=Role.SUPPORTER, stands_by=story.hana)
        seen = board(circle(story.case), day)
        lines = {line.participation.person.shown: [str(title) for title, cell in line.cells if cell.state == "missing"] for line in seen.lines}
        assert lines == {"Hana": [], "Rami": [], "Sol": [], "Gail Delacourt": [], "Vera": ["Met", "Says yes", "Safety"]}
        assert [str(title) for title in seen.titles] == [
            "Met",
            "Questions given",
            "Says yes",
            "Guardian",
            "Takes responsibility",
            "Safety",
            "Support person",
            "Their list",
        ]
    page = village.sign_in(client, "fadi").get(reverse("ready", args=[story.case.ref])).content.decode()
    assert ("This is the day that is booked." in page, "Vera has not been met yet." in page) == (True, True)


def test_a_day_that_was_green_and_is_no_more_is_refused(village, at_ready):
    """Nothing is stored: whoever of the team runs out before the day is missing on it."""
    with village.inside():
        story, programme = at_ready, village.school
        (_first, soon), (_second, later) = open_days(programme, today(programme) + timedelta(days=1))[:2]
        lead = Assignment.objects.get(case=story.case, part="lead").facilitator
        lead.certified_until = clock.local(soon, programme.zone).date()
        lead.save(update_fields=["certified_until"])
        with pytest.raises(scheduling.CannotBook, match="Nobody leads it."):
            book(story, later)
        assert book(story, soon).starts_at == soon


def test_the_board_costs_the_same_for_four_and_for_twelve(client, village, at_prepared):
    story, page = at_prepared, None

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert cora.get(page).status_code == 200
        return len(asked)

    cora, page = village.sign_in(client, "cora"), reverse("ready", args=[story.case.ref])
    cora.get(page)
    small = cost()
    with village.inside(), at(clock.now()):
        for n in range(8):
            cases.add_person(story.case, by=story.coordinator, name=f"Neighbour {n}", role=Role.COMMUNITY, interpreter=True)
    assert (cost(), small <= 36) == (small, True)
