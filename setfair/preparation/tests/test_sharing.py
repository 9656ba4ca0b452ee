"""Whatever leaves about somebody stands in a log that nobody can change, on a yes that counts at that very moment."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.core import clock
from setfair.journal.actions import note_reading
from setfair.journal.models import Entry
from setfair.keeping.queries.looks import looks_at
from setfair.notes import actions as notes
from setfair.preparation import actions, queries
from setfair.preparation.actions import CannotShare, disclose
from setfair.preparation.models import Disclosure, NoGuardian
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


@pytest.fixture
def court(village, story):
    office = actions.name_office(by=village.actor("ada"), name="River County Court", purpose="share")
    actions.ask_about(story.case, by=story.coordinator, recipient=office)
    return office


def say(story, key, answer="yes", by=None, **more):
    return actions.consent(story.people[key], by=by or story.lead, answer=answer, **more)


def ask(story):
    """Whoever asked, at the page of their request."""
    return {"code": story.referral_code}


def kinds(story):
    return [(d.kind, d.told, d.person_id) for d in Disclosure.objects.filter(case=story.case).order_by("at", "id")]


def test_the_page_of_whoever_asked_is_written_down_for_each_and_once_an_hour(client, village, story):
    client.post(reverse("code"), ask(story))
    for _again in range(2):
        client.get(reverse("status"))
    with village.inside():
        found = kinds(story)
        assert sorted(person for _kind, _told, person in found) == sorted(p.person_id for p in story.people.values())
        assert {(kind, tuple(told)) for kind, told, _person in found} == {("status", ("preparing",))}
        assert {(d.referral_id, d.by_kind) for d in Disclosure.objects.all()} == {(story.referral.pk, "referrer")}
        assert Entry.objects.filter(verb="disclosed").count() == 4


def test_what_stands_on_a_yes_points_to_it_and_stops_with_it(client, village, at_convened, browser_clients):
    with village.inside():
        story = at_convened
        said = {key: say(story, key, scope="outcome").pk for key in story.people}
    client.post(reverse("code"), ask(story))
    client.get(reverse("status"))
    with village.inside():
        found = Disclosure.objects.filter(kind="outcome")
        assert {d.consent_id for d in found} == set(said.values())
        assert [tuple(d.told) for d in found] == [("convened",)] * 4


def test_what_was_allowed_and_never_read_is_not_told_once_somebody_takes_it_back(client, village, at_convened):
    with village.inside():
        story = at_convened
        for key in story.people:
            say(story, key, scope="outcome")
        say(story, "sol", "no", scope="outcome")
    client.post(reverse("code"), ask(story))
    page = client.get(reverse("status")).content.decode()
    with village.inside():
        assert {d.kind for d in Disclosure.objects.all()} == {"status"}
        assert queries.all_let_it_be_told(story.case) is False
    assert "We talk with each person" in page


@pytest.mark.parametrize("missing", ["never asked", "no", "taken back", "another office", "over"])
def test_nothing_that_needs_a_yes_leaves_without_one(village, story, court, missing):
    today = timezone.localdate()
    if missing in ("no", "taken back"):
        said = say(story, "hana", "no" if missing == "no" else "yes", scope="share", recipient=court)
    if missing == "taken back":
        actions.take_back(said, by=story.lead)
    if missing == "another office":
        say(story, "hana", scope="share", recipient=actions.name_office(by=village.actor("ada"), name="School", purpose="share"))
    if missing == "over":
        say(story, "hana", scope="share", recipient=court, until=today)
    with at(clock.now() + timedelta(days=2)) if missing == "over" else transaction.atomic(), pytest.raises(CannotShare):
        disclose(story.hana, by=story.coordinator, kind="report", to=court)
    assert not Disclosure.objects.exists()


def test_a_guardian_who_decides_lets_it_go_out_too(story, court):
    say(story, "rami", scope="share", recipient=court)
    with pytest.raises(CannotShare):
        disclose(story.rami, by=story.coordinator, kind="report", to=court)
    say(story, "rami", giver=story.gail, scope="share", recipient=court)
    assert disclose(story.rami, by=story.coordinator, kind="report", to=court).consent.giver == story.rami


@pytest.mark.parametrize("gone", [True, False])
def test_without_a_guardian_or_against_one_a_young_persons_own_yes_is_not_enough(story, court, gone):
    for giver in (None, story.gail):
        say(story, "rami", giver=giver, scope="share", recipient=court)
    if gone:
        cases.let_go(story.gail, by=story.coordinator)
    else:
        say(story, "rami", "no", giver=story.gail)
    with pytest.raises(CannotShare):
        disclose(story.rami, by=story.coordinator, kind="report", to=court)
    if gone:
        NoGuardian.objects.create(participation=story.rami, reason="nobody", by_kind="staff")
        assert disclose(story.rami, by=story.coordinator, kind="report", to=court).consent.giver == story.rami


def test_the_database_takes_no_row_without_a_yes_that_counts(village, story, court):
    yes = say(story, "hana", scope="share", recipient=court)
    row = {"case": story.case, "kind": "report", "recipient": court, "by_kind": "staff"}
    wrong = [
        ("disclosure_stands_on", row | {"person": story.hana.person}),
        ("no yes stands behind", row | {"person": story.sol.person, "consent": yes}),
        ("no yes stands behind", row | {"person": story.hana.person, "consent": yes, "kind": "outcome"}),
        ("no yes stands behind", row | {"person": story.hana.person, "consent": say(story, "hana", scope="notes"), "recipient": None}),
    ]
    actions.take_back(yes, by=story.lead)
    wrong.append(("no yes stands behind", row | {"person": story.hana.person, "consent": yes}))
    for why, values in wrong:
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            Disclosure.objects.create(**values)
    assert not Disclosure.objects.exists()


def test_nobody_changes_the_log(story):
    disclose(story.hana, by=story.coordinator, kind="export")
    for statement in ("UPDATE preparation_disclosure SET kind = 'copy'", "DELETE FROM preparation_disclosure"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_each_reads_what_was_shared_about_them_and_who_has_looked(client, village, story, court, browser_clients):
    say(story, "hana", scope="share", recipient=court)
    disclose(story.hana, by=story.coordinator, kind="report", to=court)
    disclose(story.sol, by=story.coordinator, kind="export")
    disclose(story.rami, by=story.coordinator, kind="agreement")
    disclose(story.hana.person, by=story.coordinator, kind="copy")
    village.sign_in(browser_clients(), "fadi").get(reverse("person", args=[story.hana.pk]))
    village.sign_in(browser_clients(), "cora").get(reverse("person", args=[story.rami.pk]))
    pages = {key: village.enter(browser_clients(), story.people[key]).get(reverse("my_shared")).content.decode() for key in story.people}
    told = ("A short note went to River County Court.", "made a list or a file", "put the plan on paper", "A copy of what we keep", "Nothing so far.")
    assert {key: [part in page for part in told] for key, page in pages.items()} == {
        "hana": [True, False, False, True, False],
        "rami": [False, False, True, False, False],
        "sol": [False, True, False, False, False],
        "gail": [False, False, True, False, True],
    }
    parts = ("A person who leads the meeting", "The person who runs the programme")
    assert [[part in pages[key] for part in parts] for key in ("hana", "rami")] == [[True, False], [False, True]]
    assert [name for name in ("Fadi", "Cora", "Brandt", "Ellery") for page in pages.values() if name in page] == []
    staff = village.sign_in(client, "fadi").get(reverse("consent_record", args=[story.hana.pk])).content.decode()
    assert ("River County Court" in staff.split('id="shared"')[1], "on their yes of" in staff) == (True, True)


def test_a_printed_agreement_stands_in_the_log_of_each(client, village, at_following_up):
    with village.inside():
        story = at_following_up
        agreement = story.agreement
    assert village.sign_in(client, "fadi").get(reverse("agreement_paper", args=[agreement.pk])).status_code == 200
    with village.inside():
        assert {kind for kind, _told, _person in kinds(story)} == {"agreement"}
        assert {person for _kind, _told, person in kinds(story)} == {p.person_id for p in story.people.values()}


def test_only_looks_at_what_is_theirs_or_everybodys_since_they_are_here_are_told(village, story):
    hana, cora = story.hana, village.actor("cora")
    note = notes.write(story.case, by=story.lead, words="A word", audience="team", about=story.rami)
    for row in (note, story.rami, story.sol):
        note_reading(row, by=cora)
    assert (queries.who_looked(hana), looks_at(hana)) == ([], [])
    with at(hana.added_at - timedelta(days=1)):
        note_reading(story.case, by=village.actor("fadi"))
    assert (queries.who_looked(hana), looks_at(hana)) == ([], [])
    for row in (story.case, hana):
        note_reading(row, by=cora)
    assert [(looked.part, looked.times) for looked in queries.who_looked(hana)] == [("The person who runs the programme", 2)]
    assert [told for _day, told, _at in looks_at(hana)] == ["1 person of the team"]
