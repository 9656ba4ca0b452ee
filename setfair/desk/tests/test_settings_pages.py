import re

import pytest
from django.urls import reverse

from setfair.programmes.models import ClosedPlace, Closure, Membership, OwnReason, Programme, Room, Script, Term, Venue, VisitHours, Window

from .counting import count

pytestmark = pytest.mark.django_db

PAGES = [
    "settings", "settings_programme", "settings_public", "settings_rules", "settings_windows", "settings_terms", "settings_closures",
    "settings_rooms", "settings_reasons", "settings_places", "settings_people", "settings_scripts", "settings_words", "settings_letters",
]  # fmt: skip


@pytest.fixture
def ada(village, client):
    return village.sign_in(client, "ada")


def sent(client, url, **changes):
    """Send the form of a page back as it stands, with some changes."""
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None and form[name].value() is not False}
    return client.post(url, {k: v for k, v in (data | changes).items() if v is not None})


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("nour", 200), ("cora", 404), ("sven", 404), ("fadi", 404), ("ines", 404), ("lena", 404)])
def test_only_administrators_have_the_settings(village, client, who, status):
    village.sign_in(client, who)
    assert {name: client.get(reverse(name)).status_code for name in PAGES} == dict.fromkeys(PAGES, status)


def rows(village):
    with village.inside():
        term = Term.objects.create(name="Fall", starts_on="2026-09-01", ends_on="2026-12-18")
        reason = OwnReason.objects.create(name="Nobody to lead it", step="end", decider="programme")
        closure = Closure.objects.create(name="Snow", starts_on="2026-12-01", ends_on="2026-12-01")
        member = Membership.objects.get(user=village.cora)
        place = ClosedPlace.objects.create(name="Marsh County Jail")
        venue = Venue.objects.create(name="The hall", minutes=20)
        return {
            "settings_windows_one": Window.objects.get(name="After school", weekday=0), "settings_windows_remove": Window.objects.first(),
            "settings_terms_one": term,
            "settings_terms_remove": term, "settings_closures_one": closure, "settings_closures_remove": closure,
            "settings_rooms_one": Room.objects.get(), "settings_rooms_close": Room.objects.get(), "settings_rooms_reopen": Room.objects.get(),
            "settings_venues_one": venue, "settings_venues_remove": venue, "settings_venues_travel": venue,
            "settings_script": Script.objects.first(), "settings_script_copy": Script.objects.first(), "settings_people_end": member,
            "settings_places_one": place, "settings_places_hours": place, "settings_places_close": place, "settings_places_reopen": place,
            "settings_reasons_close": reason, "settings_reasons_reopen": reason, "settings_people_again": member,
            "settings_people_show": member, "settings_people_hide": member,
        }  # fmt: skip


@pytest.mark.parametrize("who", ["nour", "cora", "fadi", "ines"])
def test_nobody_else_and_no_neighbour_reaches_a_row(village, client, who):
    village.sign_in(client, who)
    for name, row in rows(village).items():
        assert client.post(reverse(name, args=[row.pk]), {}).status_code == 404, name


def test_without_a_session_every_page_leads_to_the_sign_in(client, village):
    for name in PAGES:
        assert client.get(reverse(name)).url.startswith("/account/login/")


class TestFacts:
    @pytest.mark.parametrize("part", ["programme", "public", "rules"])
    def test_a_page_saved_as_it_is_changes_nothing(self, village, ada, part):
        assert sent(ada, f"/settings/{part}/").status_code == 302

    def test_a_change_is_on_every_page_at_once(self, village, ada):
        assert sent(ada, "/settings/programme/", short_name="Blue door", phone="555-0101").status_code == 302
        page = ada.get("/today/").content.decode()
        assert re.search(r"<title>(.*?)</title>", page).group(1) == "Blue door"
        assert "Call 555-0101" in page

    @pytest.mark.parametrize(
        ("part", "field", "value", "says"),
        [
            ("programme", "colour", "#FFE0A0", "too pale to read"),
            ("programme", "colour", "blue", "six signs"),
            ("programme", "short_name", "Justice office", "lock screens"),
            ("programme", "zone", "Mars/Base", "valid choice"),
            ("programme", "exit_site", "http://weather.example/", "begins with https"),
            ("programme", "exit_site", "javascript:alert(1)", "valid URL"),
            ("programme", "name", "x" * 81, "at most 80"),
            ("rules", "max_minutes", "5", "greater than or equal to 10"),
            ("rules", "max_minutes", "", "Please fill this in."),
            ("rules", "staff_needed", "0", "greater than or equal to 1"),
            ("public", "goals", "x" * 4001, "at most 4000"),
        ],
    )
    def test_what_cannot_be_says_so_and_keeps_the_words(self, village, ada, part, field, value, says):
        answer = sent(ada, f"/settings/{part}/", **{field: value})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert answer.context["form"][field].value() == value
        with village.inside():
            assert Programme.objects.get() == village.school

    def test_of_two_at_once_the_second_sees_what_the_first_saved_and_may_mean_it(self, village, ada, browser_clients):
        other = village.sign_in(browser_clients(), "ada")
        early = other.get("/settings/rules/").context["form"]
        data = {name: early[name].value() for name in early.fields if early[name].value() is not None and early[name].value() is not False}
        assert sent(ada, "/settings/rules/", max_minutes=45).status_code == 302
        late = other.post("/settings/rules/", data | {"max_minutes": 50})
        assert late.status_code == 422
        assert [(d["key"], d["value"]) for d in late.context["form"].now] == [("Longest conference, in minutes", 45)]
        assert late.context["form"]["max_minutes"].value() == "50"
        again = other.post("/settings/rules/", data | {"max_minutes": 50, "seen": late.context["form"]["seen"].value()})
        assert again.status_code == 302
        with village.inside():
            assert Programme.objects.get().max_minutes == 50


class TestPlan:
    def test_windows_on_several_days_are_added_at_once(self, village, ada):
        answer = ada.post("/settings/windows/", {"name": "Break", "weekdays": ["0", "4"], "starts": "10:00", "ends": "10:30"})
        assert answer.status_code == 302
        with village.inside():
            assert list(Window.objects.filter(name="Break").order_by("weekday").values_list("weekday", flat=True)) == [0, 4]

    @pytest.mark.parametrize(
        ("url", "data", "says"),
        [
            ("windows", {"name": "Late", "weekdays": ["1"], "starts": "12:00", "ends": "11:00"}, "ends after it starts"),
            ("windows", {"name": "None", "starts": "10:00", "ends": "11:00"}, "Please choose at least one."),
            ("windows", {"name": "Odd", "weekdays": ["8"], "starts": "10:00", "ends": "11:00"}, "valid choice"),
            ("terms", {"name": "Fall", "starts_on": "2026-12-18", "ends_on": "2026-09-01"}, "cannot be before the first day"),
            ("terms", {"name": "Old", "starts_on": "1026-09-01", "ends_on": "2026-12-18"}, "check the year"),
            ("terms", {"name": "Long", "starts_on": "2026-09-01", "ends_on": "2036-12-18"}, "longer than a year"),
            ("closures", {"name": "Snow", "starts_on": "2026-02-30", "ends_on": "2026-03-01"}, "valid date"),
            ("rooms", {"name": "Closet", "seats": "1"}, "greater than or equal to 2"),
        ],
    )
    def test_what_cannot_be_says_so_and_adds_nothing(self, village, ada, url, data, says):
        answer = ada.post(f"/settings/{url}/", data)
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert answer.context["form"]["name"].value() == data["name"]
        with village.inside():
            assert (Window.objects.count(), Term.objects.count(), Closure.objects.count(), Room.objects.count()) == (11, 0, 0, 1)

    @pytest.mark.parametrize("url", ["windows", "terms", "closures", "venues"])
    def test_what_is_taken_out_can_be_put_back(self, village, ada, url):
        row = rows(village)[f"settings_{url}_one"]
        gone = ada.post(f"/settings/{url}/{row.pk}/remove/")
        page = ada.get(gone.url)
        assert "It has been taken out." in page.content.decode()
        with village.inside():
            assert not type(row).objects.filter(pk=row.pk).exists()
        assert ada.post(f"/settings/{url}/again/", {"back": page.context["taken_out"]}).status_code == 302
        with village.inside():
            assert type(row).objects.filter(name=row.name).exists()

    def test_a_forged_undo_puts_nothing_in(self, village, ada):
        assert ada.post("/settings/terms/again/", {"back": "forged"}).status_code == 302
        with village.inside():
            assert Term.objects.count() == 0

    def test_a_window_is_changed_and_of_two_the_second_is_told(self, village, ada):
        row = rows(village)["settings_windows_one"]
        url = reverse("settings_windows_one", args=[row.pk])
        seen = ada.get(url).context["form"]["seen"].value()
        assert sent(ada, url, ends="23:00").status_code == 302
        late = sent(ada, url, ends="23:30", seen=seen)
        assert late.status_code == 422
        assert "Somebody else changed this page" in late.content.decode()

    def test_a_closed_room_can_be_opened_again(self, village, ada):
        room = rows(village)["settings_rooms_one"]
        ada.post(reverse("settings_rooms_close", args=[room.pk]))
        assert "Open again" in ada.get("/settings/rooms/").content.decode()
        ada.post(reverse("settings_rooms_reopen", args=[room.pk]))
        assert "Open again" not in ada.get("/settings/rooms/").content.decode()

    def test_one_row_or_many_it_takes_the_same_number_of_queries(self, village, ada):
        counts = []
        for more in (1, 2, 9):
            with village.inside():
                for number in range(more):
                    Term.objects.create(name=f"T{more}-{number}", starts_on="2026-09-01", ends_on="2026-12-18")
            ada.get("/settings/terms/")
            counts.append(count(ada, "/settings/terms/"))
        assert counts == [counts[0]] * 3


def test_the_check_list_shrinks_as_things_are_done_and_is_for_administrators(village, ada, browser_clients):
    assert "13 of 15 ready to open." in ada.get("/today/").content.decode()
    ada.post("/settings/terms/", {"name": "Fall", "starts_on": "2026-09-01", "ends_on": "2027-06-18"})
    assert "14 of 15 ready to open." in ada.get("/today/").content.decode()
    with village.inside():
        Room.objects.all().delete()
    assert "13 of 15 ready to open." in ada.get("/settings/").content.decode()
    assert "ready to open" not in village.sign_in(browser_clients(), "cora").get("/today/").content.decode()


class TestVenues:
    def test_how_far_it_is_to_each_other_is_said_once_for_both(self, village, ada):
        with village.inside():
            hall, court = (Venue.objects.create(name=name, minutes=20) for name in ("The hall", "The court"))
        there, back = (reverse("settings_venues_travel", args=[venue.pk]) for venue in (hall, court))
        assert ada.post(there, {str(court.pk): "601"}).status_code == 422
        assert ada.post(there, {str(court.pk): "12"}).status_code == 302
        assert ada.get(back).context["form"][str(hall.pk)].value() == 12

    def test_a_venue_with_rooms_stays(self, village, ada):
        with village.inside():
            hall = Venue.objects.create(name="The hall", minutes=20)
            Room.objects.update(venue=hall)
        page = ada.post(reverse("settings_venues_remove", args=[hall.pk]), follow=True).content.decode()
        assert "These rooms are in this venue" in page
        with village.inside():
            assert Venue.objects.count() == 1


class TestPlaces:
    JAIL = {"name": "Marsh County Jail", "address": "1 Long Road", "asks": "The front desk, 555-0100", "lead_days": "7"}

    def test_a_place_has_several_hours_a_day_each_taken_out_alone(self, village, ada):
        assert ada.post("/settings/places/", self.JAIL).status_code == 302
        with village.inside():
            jail = ClosedPlace.objects.get()
        there, hours = reverse("settings_places_one", args=[jail.pk]), reverse("settings_places_hours", args=[jail.pk])
        assert "No hours are written down yet" in ada.get(there).content.decode()
        for starts, ends in (("09:00", "11:00"), ("14:00", "16:00")):
            assert ada.post(hours, {"weekdays": ["1", "3"], "starts": starts, "ends": ends}).url == there
        assert ada.post(hours, {"weekdays": ["1"], "starts": "16:00", "ends": "14:00"}).status_code == 422
        twice = ada.post(hours, {"weekdays": ["1"], "starts": "09:00", "ends": "12:00"})
        assert (twice.status_code, "Visits that begin then stand there already" in twice.content.decode()) == (422, True)
        page = ada.get(there).content.decode()
        assert [words in page for words in ("Tuesday, 9 a.m.–11 a.m.", "Tuesday, 2 p.m.–4 p.m.", "Thursday, 9 a.m.–11 a.m.")] == [True] * 3
        with village.inside():
            first = VisitHours.objects.filter(weekday=1).order_by("starts")[0]
        gone = reverse("settings_places_hours_remove", args=[jail.pk, first.pk])
        assert (ada.post(gone).status_code, ada.post(gone).status_code) == (302, 404)
        assert "Tuesday, 9 a.m." not in ada.get(there).content.decode()
        assert sent(ada, there, lead_days="9").status_code == 302
        with village.inside():
            assert (ClosedPlace.objects.get().lead_days, VisitHours.objects.count()) == (9, 3)

    def test_a_place_is_taken_off_the_list_and_put_back(self, village, ada):
        ada.post("/settings/places/", self.JAIL)
        with village.inside():
            jail = ClosedPlace.objects.get()
        for verb, closed in (("close", True), ("reopen", False)):
            ada.post(reverse(f"settings_places_{verb}", args=[jail.pk]))
            with village.inside():
                assert (ClosedPlace.objects.get().closed_at is not None) == closed
