import re

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.journal.models import Entry
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .counting import count

pytestmark = pytest.mark.django_db


def refs(client, query=""):
    answer = client.get(f"/cases/{query}")
    assert answer.status_code == 200
    return [row["ref"] for row in answer.context["rows"]]


def open_many(village, how_many, who="cora"):
    with village.inside(village.place_of(who)):
        return [cases.open_case(by=village.actor(who), coordinator=village.users[who], matter="a jacket") for _ in range(how_many)]


@pytest.fixture
def one_of_each(village, at_preparing):
    with village.inside():
        return {
            "preparing": at_preparing,
            "ready": case_at(village, Stage.READY, matter=1),
            "closed": case_at(village, Stage.CLOSED, matter=2),
        }


def test_tabs_hold_what_they_say(village, client, one_of_each):
    preparing, ready, closed = (one_of_each[k].case.ref for k in ("preparing", "ready", "closed"))
    with village.inside():
        cases.hold(one_of_each["ready"].case, by=village.actor("cora"), reason="exams")
    village.sign_in(client, "cora")
    assert set(refs(client)) == set(refs(client, "?tab=open")) == {preparing, ready}
    assert refs(client, "?tab=hold") == [ready]
    assert refs(client, "?tab=closed") == [closed]
    assert refs(client, "?stage=preparing") == [preparing]
    assert set(refs(client, "?stage=nonsense&tab=what")) == {preparing, ready}


def test_a_list_that_is_narrowed_says_to_what_and_how_to_undo_it(village, client, one_of_each):
    village.sign_in(client, "cora")
    assert client.get("/cases/?tab=open&stage=ready").context["chips"] == [{"label": "Ready", "url": "?tab=open"}]
    assert '<a class="chip" href="?tab=open">' in client.get("/cases/?tab=open&stage=ready").content.decode()
    assert client.get("/cases/?tab=open").context["chips"] == []


@pytest.mark.parametrize(("who", "how_many"), [("cora", 2), ("fadi", 2), ("sven", 2), ("mina", 0), ("ines", 0), ("ada", 0), ("nour", 0), ("lena", 0)])
def test_everyone_sees_the_cases_they_may_open_and_no_others(village, client, one_of_each, who, how_many):
    village.sign_in(client, who)
    assert len(refs(client, "?tab=open")) == how_many


def test_a_line_says_what_comes_next_and_who_is_in_it_by_first_name(village, client, one_of_each):
    page = village.sign_in(client, "cora").get("/cases/?tab=open")
    lines = {row["ref"]: row for row in page.context["rows"]}
    assert lines[one_of_each["preparing"].case.ref]["next"] == "0 of 4 have said yes"
    assert lines[one_of_each["ready"].case.ref]["next"] == "Find a time"
    assert lines[one_of_each["ready"].case.ref]["names"] == "Hana, Rami, Sol, Gail"
    assert "Delacourt" not in page.content.decode()


NEXT = {
    Stage.PREPARING: "0 of 4 have said yes",
    Stage.READY: "Find a time",
    Stage.CONVENED: "Write the agreement",
    Stage.CLOSED: "",
}


@pytest.mark.parametrize("stage", NEXT)
def test_each_stage_has_its_words(village, client, stage, at_stage):
    tab = "closed" if stage == Stage.CLOSED else "open"
    assert [row["next"] for row in village.sign_in(client, "cora").get(f"/cases/?tab={tab}").context["rows"]] == [NEXT[stage]]


def test_the_scheduled_and_the_promised_name_their_day(village, client, at_scheduled):
    with village.inside():
        case_at(village, Stage.FOLLOWING_UP, matter=1)
    said = [row["next"] for row in village.sign_in(client, "cora").get("/cases/").context["rows"]]
    assert sorted(words.split(" ")[0] for words in said) == ["Meets", "Next"]


def test_a_page_holds_25_and_leads_on_and_back_without_losing_one(village, client):
    made = [case.ref for case in open_many(village, 60)][::-1]
    village.sign_in(client, "cora")
    pages, query = [], ""
    while query is not None:
        shown = client.get(f"/cases/{query}")
        pages.append([row["ref"] for row in shown.context["rows"]])
        query = shown.context["links"].get("older")
    assert [len(page) for page in pages] == [25, 25, 10]
    assert sum(pages, []) == made
    back = client.get(f"/cases/{shown.context['links']['newer']}")
    assert [row["ref"] for row in back.context["rows"]] == pages[1]
    first = client.get(f"/cases/{back.context['links']['newer']}")
    assert [row["ref"] for row in first.context["rows"]] == pages[0]
    assert "newer" not in first.context["links"]


def test_cases_opened_at_one_instant_are_each_shown_once(village, client):
    open_many(village, 30)
    with village.inside():
        Case.objects.update(opened_at=Case.objects.first().opened_at)
    village.sign_in(client, "cora")
    first = client.get("/cases/")
    second = client.get(f"/cases/{first.context['links']['older']}")
    shown = [row["ref"] for page in (first, second) for row in page.context["rows"]]
    assert (len(shown), len(set(shown))) == (30, 30)


@pytest.mark.parametrize("place", ["nonsense", "2026-01-01", "2026-01-01T00:00:00_x", "_", "2026-13-01T00:00:00+00:00_" + "0" * 32, "%00"])
def test_a_place_that_makes_no_sense_is_the_first_page(village, client, place):
    open_many(village, 2)
    village.sign_in(client, "cora")
    if place != "%00":
        assert len(refs(client, f"?older={place}")) == len(refs(client, f"?newer={place}")) == 2


def test_it_takes_the_same_few_queries_for_one_three_and_25_rows(village, client):
    village.sign_in(client, "cora")
    client.get("/cases/")
    counts = []
    for more in (1, 2, 22):
        with village.inside():
            for case in open_many(village, more):
                cases.add_person(case, by=village.actor("cora"), name="Otto Winterbourne", role="harmed")
                cases.add_person(case, by=village.actor("cora"), name="Perle Achterberg", role="responsible")
        counts.append(count(client, "/cases/"))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 8


class TestSearch:
    @pytest.fixture(autouse=True)
    def people(self, village, at_preparing):
        with village.inside():
            self.hers = at_preparing.case
            self.his = case_at(village, Stage.PREPARING, circle=OTHER, matter=1).case
            Case.objects.filter(pk=self.hers.pk).update(alias="Quiet Harbour")
            Case.objects.filter(pk=self.his.pk).update(alias="Silver Meadow")

    @pytest.mark.parametrize("words", ["c-0001", "C0001", "c1", " C-1 ", "C 0001"])
    def test_a_reference_goes_straight_there(self, village, client, words):
        village.sign_in(client, "cora")
        answer = client.get("/cases/", {"q": words})
        assert (answer.status_code, answer.url) == (302, reverse("case", args=[self.hers.ref]))

    def test_a_request_is_found_by_its_reference_too(self, village, client):
        with village.inside():
            ref = self.hers.referral.ref
        assert village.sign_in(client, "cora").get("/cases/", {"q": ref.lower()}).url == reverse("request", args=[ref])
        assert village.sign_in(client, "fadi").get("/cases/", {"q": ref}).status_code == 200

    @pytest.mark.parametrize("who", ["nour", "mina", "ines", "ada"])
    def test_a_reference_that_is_not_theirs_finds_nothing(self, village, client, who):
        answer = village.sign_in(client, who).get("/cases/", {"q": self.hers.ref})
        assert (answer.status_code, answer.context["rows"]) == (200, [])

    @pytest.mark.parametrize(
        ("words", "hers", "his"),
        [
            ("Hana", True, False), ("hana", True, False), ("OHARA", False, False), ("o'hara", True, False), ("nunez", True, False),
            ("Núñez hana", True, False), ("Hana Winterbourne", False, False), ("Otto", False, True), ("winterb", False, True),
            ("wint", False, True), ("win", False, True), ("wi", False, False), ("winx", False, False), ("quiet", True, False),
            ("quiet har", True, False), ("harbour quiet", True, False), ("silver harbour", False, False), ("meadow", False, True),
            ("%", False, False), ("' OR 1=1 --", False, False), ("🌿", False, False), ("x" * 400, False, False),
        ],
    )  # fmt: skip
    def test_a_name_or_an_alias_is_found_whole_or_by_how_it_begins(self, village, client, words, hers, his):
        village.sign_in(client, "cora")
        found = client.get("/cases/", {"q": words})
        refs = {row["ref"] for row in found.context["rows"]}
        assert refs == {r for r, there in ((self.hers.ref, hers), (self.his.ref, his)) if there}

    def test_only_where_they_may_look(self, village, client):
        assert refs(village.sign_in(client, "fadi"), "?q=hana") == [self.hers.ref]
        for who in ("mina", "ines", "ada", "nour", "lena"):
            assert refs(village.sign_in(client, who), "?q=hana") == []

    def test_a_name_in_somebody_elses_case_changes_nothing(self, village, client):
        with village.inside():
            other = cases.open_case(by=village.actor("cora"), coordinator=village.cora)
            cases.add_person(other, by=village.actor("cora"), name="Han Solberg", role="harmed")
        assert refs(village.sign_in(client, "fadi"), "?q=han") == [self.hers.ref]

    def test_nothing_found_says_so_in_words_and_where_else_to_look(self, village, client):
        page = village.sign_in(client, "cora").get("/cases/?q=smyth").content.decode()
        assert "0 cases for “smyth” in All open." in page
        assert "Try another tab, or a part of the name." in page
        assert "smyth" not in re.search(r"<title>(.*?)</title>", page).group(1)

    def test_the_words_of_a_search_are_escaped_and_never_kept(self, village, client):
        page = village.sign_in(client, "cora").get("/cases/?q=%3Cb%3Ehana%3C/b%3E").content.decode()
        assert "<b>hana" not in page
        with village.inside():
            (line,) = Entry.objects.filter(verb="searched")
            assert (line.actor_id, line.detail) == (village.cora.pk, {})

    def test_a_closed_case_is_found_under_its_tab(self, village, client):
        with village.inside():
            case_at(village, Stage.CLOSED, circle=OTHER, matter=2)
        village.sign_in(client, "cora")
        assert len(refs(client, "?q=otto")) == 1
        assert len(refs(client, "?q=otto&tab=closed")) == 1

    def test_the_number_of_queries_does_not_grow_with_what_is_found(self, village, client):
        village.sign_in(client, "cora").get("/cases/")
        one = count(client, "/cases/?q=hana")
        with village.inside():
            for matter in (3, 4):
                case_at(village, Stage.PREPARING, matter=matter)
        assert count(client, "/cases/?q=hana") == one
        assert one <= 12
