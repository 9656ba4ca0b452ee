import pytest
from django.urls import reverse

from setfair.accounts.queries import first_programme_of
from setfair.cases.models import Assignment
from setfair.programmes.models import Membership, Offer, Role

from .counting import count

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(village, client):
    return village.sign_in(client, "ada")


@pytest.fixture
def client_of(browser_clients):
    def signed_in(user):
        client = browser_clients()
        client.force_login(user)
        return client

    return signed_in


class TestPeople:
    NEW = {"name": "Nika Reyes", "email": "nika@school.example", "role": "coordinator"}

    def test_somebody_is_added_and_stands_on_the_page(self, village, ada):
        assert ada.post("/settings/people/", self.NEW).status_code == 302
        assert "Nika Reyes" in ada.get("/settings/people/").content.decode()

    def test_of_a_neighbour_the_pages_show_only_what_was_typed(self, village, ada, browser_clients):
        lena = village.sign_in(browser_clients(), "lena")
        for role in ("coordinator", "facilitator"):
            ada.post("/settings/people/", {"name": "Sam Rivers", "email": village.lena.email, "role": role})
        asked = ada.get("/settings/people/").content.decode()
        assert [(name in asked) for name in ("Sam", "Lena", "Marsh")] == [True, False, False]
        with village.inside():
            assert Membership.objects.filter(user=village.lena).count() == 0
            offers = list(Offer.objects.filter(user=village.lena))
        for offer in offers:
            assert lena.post(reverse("joining_yes", args=[offer.pk])).status_code == 302
        with village.inside():
            rows = Membership.objects.filter(user=village.lena)
            assert [row.name for row in rows] == ["Sam Rivers"] * 2
            shown = rows.get(role=Role.COORDINATOR)
        ada.post(reverse("settings_people_show", args=[shown.pk]))
        ada.post(reverse("settings_people_end", args=[shown.pk]))
        ada.post(reverse("settings_people_again", args=[shown.pk]))
        pages = [ada.get("/settings/people/"), ada.get("/team/"), browser_clients().get("/p/northgate-high/")]
        found = [(name in page.content.decode()) for page in pages for name in ("Sam", "Lena", "Marsh")]
        assert found == [True, False, False] * 3
        village.lena.refresh_from_db()
        assert village.lena.name == "Lena Marsh"

    def test_somebody_new_has_their_own_name(self, village, ada, client_of):
        ada.post("/settings/people/", self.NEW)
        with village.inside():
            offer = Offer.objects.get(user__email="nika@school.example")
        client_of(offer.user).post(reverse("joining_yes", args=[offer.pk]))
        with village.inside():
            assert Membership.objects.get(user__email="nika@school.example").called == ""

    @pytest.mark.parametrize(("field", "value"), [("email", "nobody"), ("role", "king"), ("name", "")])
    def test_what_cannot_be_adds_nobody(self, village, ada, field, value):
        assert ada.post("/settings/people/", self.NEW | {field: value}).status_code == 422
        assert "Nika Reyes</h2>" not in ada.get("/settings/people/").content.decode()

    def test_an_ended_role_closes_its_pages_at_the_next_click_and_can_be_brought_back(self, village, ada, browser_clients):
        with village.inside():
            member = Membership.objects.get(user=village.cora)
            Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
        cora = village.sign_in(browser_clients(), "cora")
        assert cora.get("/requests/").status_code == 200
        ada.post(reverse("settings_people_end", args=[member.pk]))
        assert cora.get("/requests/").status_code in (302, 404)
        assert "Bring it back" in ada.get("/settings/people/").content.decode()
        ada.post(reverse("settings_people_again", args=[member.pk]))
        assert cora.get("/requests/").status_code == 200

    def test_the_last_administrator_is_told_and_stays(self, village, ada):
        with village.inside():
            member = Membership.objects.get(user=village.ada)
        page = ada.post(reverse("settings_people_end", args=[member.pk]), follow=True)
        assert "This is the only administrator." in page.content.decode()
        assert ada.get("/settings/").status_code == 200

    def test_the_last_coordinator_is_told_and_stays(self, village, ada):
        with village.inside():
            member = Membership.objects.get(user=village.cora)
        page = ada.post(reverse("settings_people_end", args=[member.pk]), follow=True)
        assert "This is the only coordinator" in page.content.decode()
        with village.inside():
            assert Membership.objects.get(pk=member.pk).ended_at is None

    def test_while_nobody_coordinates_the_page_says_so_and_proposes_that_role(self, village, ada):
        said = "Nobody coordinates yet"
        page = ada.get("/settings/people/")
        assert (said in page.content.decode(), page.context["form"]["role"].value()) == (False, None)
        with village.inside():
            Membership.objects.filter(role=Role.COORDINATOR).delete()
        page = ada.get("/settings/people/?setup=1")
        assert (said in page.content.decode(), page.context["form"]["role"].value()) == (True, "coordinator")

    def test_a_facilitator_whose_role_ends_is_taken_off_every_case_even_with_another_role(self, village, ada, browser_clients, at_ready):
        with village.inside():
            story = at_ready
            Membership.objects.create(user=village.fadi, role=Role.ADMINISTRATOR)
            member = Membership.objects.get(user=village.fadi, role=Role.FACILITATOR)
        fadi = village.sign_in(browser_clients(), "fadi")
        assert fadi.get(reverse("case", args=[story.case.ref])).status_code == 200
        ada.post(reverse("settings_people_end", args=[member.pk]))
        assert fadi.get(reverse("case", args=[story.case.ref])).status_code == 404
        with village.inside():
            assert not Assignment.objects.filter(facilitator__user=village.fadi, ended_at__isnull=True).exists()

    def test_a_name_on_the_public_page_is_a_choice(self, village, ada, client, browser_clients):
        with village.inside():
            member = Membership.objects.get(user=village.cora)
        stranger = browser_clients()
        assert "Cora" in stranger.get("/p/northgate-high/").content.decode()
        ada.post(reverse("settings_people_hide", args=[member.pk]))
        assert "Cora" not in stranger.get("/p/northgate-high/").content.decode()

    def test_few_people_or_many_it_takes_the_same_number_of_queries(self, village, ada):
        ada.get("/settings/people/")
        before = count(ada, "/settings/people/")
        for number in range(3):
            ada.post("/settings/people/", self.NEW | {"email": f"n{number}@school.example"})
        ada.get("/settings/people/")
        assert count(ada, "/settings/people/") == before


class TestJoining:
    """Nobody belongs to a programme before their own yes."""

    TYPED = {"name": "Sam Rivers", "role": "coordinator"}

    @pytest.fixture
    def offer_to(self, village, ada):
        def asked(email):
            ada.post("/settings/people/", self.TYPED | {"email": email})
            with village.inside():
                return Offer.objects.get(user__email=email, answer="")

        return asked

    def test_somebody_from_next_door_finds_a_line_at_their_next_sign_in_and_says_yes(self, village, offer_to, client_of):
        offer = offer_to(village.lena.email)
        lena = client_of(village.lena)
        assert "You are asked to join a team" in lena.get("/today/").content.decode()
        assert lena.get("/requests/").status_code == 404
        page = lena.get("/joining/").content.decode()
        assert ("Northgate High peer conferencing" in page, "Coordinator:" in page) == (True, True)
        lena.post(reverse("joining_yes", args=[offer.pk]))
        assert lena.get("/joining/").url == "/today/"
        assert "Northgate Room 12" in lena.get("/requests/").content.decode()
        assert "You are asked to join a team" not in lena.get("/today/").content.decode()

    def test_a_no_changes_nothing_and_the_administrator_reads_it(self, village, ada, offer_to, client_of):
        offer = offer_to(village.lena.email)
        lena = client_of(village.lena)
        lena.post(reverse("joining_no", args=[offer.pk]))
        assert lena.post(reverse("joining_yes", args=[offer.pk]), follow=True).status_code == 200
        with village.inside():
            assert Membership.objects.filter(user=village.lena).count() == 0
        assert "said no" in ada.get("/settings/people/").content.decode()

    def test_nobody_else_answers_for_them(self, village, offer_to, client_of, browser_clients):
        offer = offer_to(village.lena.email)
        for address in ("joining_yes", "joining_no"):
            assert browser_clients().post(reverse(address, args=[offer.pk])).status_code == 401
            for other in ("cora", "ada", "nour"):
                assert client_of(village.users[other]).post(reverse(address, args=[offer.pk])).status_code == 302
        assert browser_clients().get("/joining/").url == "/account/login/?next=%2Fjoining%2F"
        with village.inside():
            assert (Offer.objects.get().answer, Membership.objects.filter(user__in=[village.lena, village.nour]).count()) == ("", 0)

    def test_somebody_new_is_led_to_the_question_and_can_be_asked_no_more(self, village, ada, offer_to, client_of):
        offer = offer_to("nika@school.example")
        nika = client_of(offer.user)
        assert nika.get("/today/").url == "/nowhere/"
        assert nika.get("/nowhere/").url == "/joining/"
        ada.post(reverse("settings_people_take_back", args=[offer.pk]))
        nika.post(reverse("joining_yes", args=[offer.pk]))
        assert "not in a programme yet" in nika.get("/nowhere/").content.decode()
        assert "nika@school.example" not in ada.get("/settings/people/").content.decode()

    def test_their_sign_in_code_lies_in_the_outbox_of_whoever_asks_them(self, village, offer_to):
        offer = offer_to("nika@school.example")
        assert first_programme_of(offer.user_id) == village.school.pk
        assert first_programme_of(village.lena.pk) == village.county.pk
