"""A spreadsheet comes in: three kinds, three steps, and everything by the actions of the screens."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook

from setfair.cases.models import Case, Participation
from setfair.imports import actions, queries
from setfair.imports.journey import Stage
from setfair.imports.models import Leaf, Made
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.people.models import Person
from setfair.people.queries import ways
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral

from .files import CASES, PEOPLE, REQUESTS, brought, guessed, let_in, only, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(village, client):
    return village.sign_in(client, "cora")


def faults(page):
    return {one.number: one.faults for one in page.context["stopped"]}


def test_a_list_of_requests_comes_in(village, cora):
    page = brought(cora, "requests", REQUESTS)
    looked = guessed(cora, page)
    assert (looked.context["count"].good, looked.context["count"].wrong) == (1, 1)
    assert faults(looked) == {
        3: [("Who asks", "This cannot be chosen here."), ("", "Please give us one safe way, or tick the last line: do not contact me.")]
    }
    with village.inside():
        assert not Referral.objects.exists()
        assert not Made.objects.exists()
    done = let_in(cora, page)
    assert done.context["count"].made == 1
    with village.inside():
        referral = Referral.objects.get()
        assert (referral.source, referral.asker, referral.story) == ("parent", "Ada Doe", "A fight after the game")
        assert (referral.ref, referral.received_at.date().isoformat()) == ("R-1001", "2026-01-05")
        assert referral.reach == {"email": "ada@home.example"}
        assert not Letter.objects.exists()
    assert only(village).stage == Stage.DONE
    assert "R-1001" in cora.get(reverse("requests")).content.decode()


def test_the_cases_of_a_spreadsheet_and_then_their_people(village, cora):
    done = let_in(cora, cora_looked := brought_and_looked(cora, "cases", CASES.replace("Sample,\n2", "Sample,Fadi Brandt\n2")))
    assert done.context["count"].made == 2, faults(cora.get(cora_looked))
    with village.inside():
        first, second = Case.objects.order_by("ref")
        assert (first.matter, first.opened_at.date().isoformat(), first.stage) == ("A fight", "2026-02-11", "preparing")
        assert first.coordinator == village.cora
        circle = {p.person.name: (p.role, [str(way.value) for way in ways(p.person)]) for p in first.participations.all()}
        assert circle == {"Toni Example": ("harmed", ["555 0100 200"]), "Alex Sample": ("responsible", []), "Sam Sample": ("responsible", [])}
        assert [a.facilitator.user for a in first.assignments.all()] == [village.fadi]
        assert second.participations.count() == 2
    page = brought(cora, "people", PEOPLE)
    looked = guessed(cora, page)
    assert faults(looked) == {4: [("Stands by", "Nobody in this case has this name. Their own row comes first, further up.")]}
    assert let_in(cora, page).context["count"].made == 2
    with village.inside():
        mara = Participation.objects.get(role="guardian")
        assert (mara.case, mara.stands_by.person.name, mara.has_authority) == (first, "Toni Example", True)
        assert Person.objects.get(birth_year=1990).name == "Pat Example"


def brought_and_looked(client, kind, text, **said):
    page = brought(client, kind, text)
    guessed(client, page, **said)
    return page


def test_somebody_may_stand_by_somebody_of_the_same_list(village, cora, at_preparing):
    page = brought(cora, "people", "Case,Name,Role,Stands by\nC-0001,Kim Example,harmed,\nC-0001,Ola Example,supporter,Kim Example\n")
    assert guessed(cora, page).context["count"].good == 2
    assert let_in(cora, page).context["count"].made == 2


def test_whoever_looks_like_somebody_here_stays_out_unless_told(village, cora, at_preparing):
    rows = "Case,Name,Role,Year of birth\nC-0001,Hana O'Hara-Núñez,supporter,2004\n"
    page = brought(cora, "people", rows)
    looked = guessed(cora, page)
    assert (looked.context["count"].good, looked.context["count"].likely) == (0, 1)
    assert faults(looked) == {2: [("", "Somebody with this name is here already: C-0001. If it is the same person, add them by hand.")]}
    assert let_in(cora, page).context["count"].made == 0
    page = brought_and_looked(cora, "people", rows)
    assert let_in(cora, page, takes_likely="on").context["count"].made == 1


def test_the_same_file_again_makes_nothing_twice(village, cora):
    let_in(cora, brought_and_looked(cora, "cases", CASES))
    again = brought(cora, "cases", CASES.replace("A fight", "Another word"))
    looked = guessed(cora, again)
    assert (looked.context["count"].good, looked.context["count"].here) == (0, 2)
    assert let_in(cora, again).context["count"].made == 0
    with village.inside():
        assert Case.objects.count() == 2
    twice = brought(cora, "requests", REQUESTS + REQUESTS.splitlines()[1] + "\n")
    assert faults(guessed(cora, twice))[4] == [("", "The same row stands further up.")]


def test_a_run_that_fell_goes_on_and_does_no_row_twice(village, cora):
    page = brought_and_looked(cora, "cases", CASES)
    with village.inside():
        table, by = only(village), village.actor("cora")
        actions.run(table, by=by, takes_likely=False)
        first = next(row for row in every(table) if row.number == 2)
        actions.attempt(first, by=by, table=table)
    assert let_in(cora, page).context["count"].made == 2
    with village.inside():
        assert sorted(Case.objects.values_list("ref", flat=True)) == ["C-0001", "C-0002"]


def every(table):
    from setfair.imports.rows import every_row  # noqa: PLC0415

    return every_row(table)


def test_what_was_let_in_can_be_taken_back(village, cora):
    page = brought_and_looked(cora, "cases", CASES)
    let_in(cora, page)
    cora.post(page + "back/")
    done = let_in(cora, page)
    assert (done.context["table"].stage, done.context["count"].made) == (Stage.UNDONE, 0)
    with village.inside():
        assert not Case.objects.exists()
        assert not Person.objects.exists()
        assert Entry.objects.filter(verb="took_back").count() == 2
    let_in(cora, brought_and_looked(cora, "cases", CASES))
    with village.inside():
        assert sorted(Case.objects.values_list("ref", flat=True)) == ["C-0003", "C-0004"]


def test_what_somebody_worked_with_stays_and_is_told(village, cora):
    page = brought_and_looked(cora, "requests", REQUESTS + "parent,Bo Doe,Words in the yard,bo@home.example,\n")
    let_in(cora, page)
    with village.inside():
        worked = Referral.objects.order_by("ref").first()
        referrals.decline(worked, by=village.actor("cora"), reason="duplicate")
    cora.post(page + "back/")
    done = let_in(cora, page)
    assert [made.referral.ref for made in done.context["stays"]] == [worked.ref]
    with village.inside():
        assert list(Referral.objects.all()) == [worked]


def test_people_go_and_their_case_stays(village, cora):
    let_in(cora, brought_and_looked(cora, "cases", CASES))
    page = brought_and_looked(cora, "people", PEOPLE)
    let_in(cora, page)
    cora.post(page + "back/")
    let_in(cora, page)
    with village.inside():
        assert Case.objects.count() == 2
        assert Participation.objects.filter(role__in=("guardian", "supporter")).count() == 0
        assert Person.objects.count() == 5


def test_its_words_go_with_the_last_row_that_came_in(village, cora):
    page = brought_and_looked(cora, "requests", REQUESTS)
    let_in(cora, page)
    with village.inside():
        (left,) = Leaf.objects.get().rows
        assert left[0] == 3
    page = brought_and_looked(cora, "requests", "Source,Story,Phone\nparent,A word,555 0100 200\n")
    let_in(cora, page)
    with village.inside():
        assert Leaf.objects.count() == 1
    cora.post(reverse("list_away", args=[queries_first(village).pk]))
    with village.inside():
        assert not Leaf.objects.exists()


def queries_first(village):
    with village.inside():
        return queries.mine(village.actor("cora")).order_by("at").first()


def test_a_request_that_names_somebody_of_another_one_stays_out_unless_told(village, cora):
    let_in(cora, brought_and_looked(cora, "requests", REQUESTS))
    page = brought(cora, "requests", "Source,Name,Story,Phone\nparent,Ada Doe,Told again,555 0100 200\n")
    assert faults(guessed(cora, page)) == {2: [("", "This may be a request that is here already: R-1001.")]}
    assert let_in(cora, page, takes_likely="on").context["count"].made == 1
    cora.post(page + "back/")
    assert worked(cora, page).context["count"].made == 0


def test_a_workbook_with_spanish_names_is_understood_by_itself(village, cora):
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Número", "Fecha de apertura", "Asunto", "Víctima", "Ofensor", "Color"])
    book.active.append(["24-019", date(2026, 2, 11), "Una pelea", "Toni Example", "Alex Sample", "azul"])
    book.save(out)
    page = brought(cora, "cases", out.getvalue())
    assert [column.guess for column in cora.get(page).context["form"].columns] == ["number", "opened", "matter", "harmed", "responsible", ""]
    assert let_in_all(cora, page) == 1
    with village.inside():
        assert Case.objects.get().opened_at.date() == date(2026, 2, 11)


def test_what_a_column_was_taken_for_is_remembered(village, cora):
    text = "Wer,Was,Telefon\nparent,Ein Streit,555 0100 200\n"
    page = brought(cora, "requests", text)
    guessed(cora, page, has_names="on", column_0="source", column_1="story", column_2="call")
    assert let_in(cora, page).context["count"].made == 1
    form = cora.get(brought(cora, "requests", text.replace("Streit", "Wort"))).context["form"]
    assert [column.guess for column in form.columns] == ["source", "story", "call"]


def test_the_example_is_read_as_it_is(village, cora):
    for kind in ("requests", "cases", "people"):
        page = brought(cora, kind, cora.get(reverse("list_example", args=[kind])).content)
        assert "" not in [column.guess for column in cora.get(page).context["form"].columns]


def let_in_all(client, page):
    guessed(client, page)
    return let_in(client, page).context["count"].made
