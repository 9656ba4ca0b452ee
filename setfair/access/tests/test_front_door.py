"""Nothing without a door; one transaction in one programme; nothing half-written."""

import pytest
from django.db import connection
from django.urls import reverse

from setfair.access.models import Denial
from setfair.programmes.models import Membership, Role, Room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probes")]


@pytest.fixture
def cora(village, client):
    return village.sign_in(client, "cora")


def rooms(village, name):
    with village.inside():
        return Room.objects.filter(name=name).count()


def test_a_view_without_a_door_is_not_there(village, client):
    assert client.get(reverse("without")).status_code == 404
    assert village.sign_in(client, "cora").get(reverse("without")).status_code == 404


def test_a_stranger_sees_no_programme(client, village):
    said = client.get(reverse("where")).json()
    assert said == {"setting": said["setting"], "seen": 0, "atomic": True, "kind": "anyone"}
    assert not said["setting"]


def test_staff_see_their_own_programme_and_no_other(cora, village):
    assert cora.get(reverse("where")).json() == {"setting": str(village.school.pk), "seen": 1, "atomic": True, "kind": "staff"}


def test_after_the_answer_the_connection_knows_no_programme(cora):
    cora.get(reverse("where"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.programme', true), (SELECT count(*) FROM programmes_programme)")
        setting, seen = cursor.fetchone()
    assert (setting, seen) == ("", 0)


@pytest.mark.parametrize("how", ["raise", "500", "503", "599"])
def test_an_answer_of_500_or_more_leaves_nothing_behind(cora, village, how):
    cora.raise_request_exception = False
    cora.post(reverse("write_and_fail"), {"name": "Half", "how": how})
    assert rooms(village, "Half") == 0


@pytest.mark.parametrize("how", ["200", "302", "422"])
def test_any_other_answer_keeps_what_was_written(cora, village, how):
    cora.post(reverse("write_and_fail"), {"name": "Whole", "how": how})
    assert rooms(village, "Whole") == 1


def test_a_stranger_is_sent_to_the_right_entrance(client):
    assert client.get(reverse("keep") + "?a=1&b=2").url == f"{reverse('account_login')}?next=%2Fprobe%2Fkeep%2F%3Fa%3D1%26b%3D2"
    assert client.get(reverse("mine")).url == reverse("code")


def test_each_kind_of_person_stays_on_their_own_pages(village, client, caller, circle):
    hana = village.enter(caller(), circle["hana"])
    assert hana.get(reverse("mine")).status_code == 200
    assert hana.get(reverse("keep")).url.startswith(reverse("account_login"))
    assert village.sign_in(client, "cora").get(reverse("mine")).url == reverse("code")


@pytest.mark.parametrize(("who", "status"), [("hana", 200), ("rami", 404), ("otto", 404), ("nela", 404)])
def test_a_page_of_ones_own_is_ones_own(village, caller, circle, who, status):
    client = village.enter(caller(), circle[who])
    assert client.get(reverse("mine_by_key", args=[circle["hana"].pk])).status_code == status


def test_a_participant_never_reaches_a_page_for_referrers(village, caller, circle):
    assert village.enter(caller(), circle["hana"]).get(reverse("nobodys")).status_code == 404


def test_a_door_that_stayed_shut_is_written_down_without_a_name_or_an_address(village, caller, circle):
    client = village.enter(caller(), circle["rami"])
    before = Denial.objects.count()
    client.get(reverse("mine_by_key", args=[circle["hana"].pk]))
    assert Denial.objects.count() == before + 1
    line = Denial.objects.latest("id")
    assert (line.route, line.permission, line.actor_kind) == ("mine_by_key", "take_part", "participant")
    assert (line.actor_id, line.programme_id) == (circle["rami"].pk, village.school.pk)
    assert line.network.endswith(".0/24")


def test_a_public_page_is_of_the_programme_it_names(village, client, caller, circle):
    for visitor in (caller(), village.enter(caller(), circle["hana"]), village.sign_in(client, "cora")):
        county = visitor.get(reverse("public_probe", args=[village.county.slug])).json()
        assert county == {"here": str(village.county.pk), "kind": "anyone"}
    assert client.get(reverse("public_probe", args=[village.school.slug])).json() == {"here": str(village.school.pk), "kind": "staff"}


def test_a_programme_that_does_not_exist_is_nobodys_page(village, client):
    village.sign_in(client, "cora")
    assert client.get(reverse("public_probe", args=["no-such"])).json() == {"here": "", "kind": "anyone"}


def test_a_role_taken_away_is_gone_at_the_next_click(cora, village):
    assert cora.get(reverse("keep")).status_code == 200
    with village.inside():
        Membership.objects.filter(user=village.cora).update(ended_at="2026-01-01T00:00:00Z")
    assert cora.get(reverse("keep")).url == reverse("nowhere")
    assert "not in a programme yet" in cora.get(reverse("nowhere")).content.decode()


def test_an_account_switched_off_is_out_at_the_next_click(cora, village):
    village.cora.is_active = False
    village.cora.save()
    assert cora.get(reverse("keep")).url.startswith(reverse("account_login"))


def test_staff_change_only_to_a_programme_of_their_own(cora, village):
    assert cora.post(reverse("switch"), {"programme": str(village.county.pk)}).status_code == 404
    for nonsense in ("", "x", "0", str(village.cora.pk)):
        assert cora.post(reverse("switch"), {"programme": nonsense}).status_code == 404
    with village.inside(village.county):
        Membership.objects.create(user=village.cora, role=Role.FACILITATOR)
    assert cora.get(reverse("where")).json()["setting"] == str(village.school.pk)
    assert cora.post(reverse("switch"), {"programme": str(village.county.pk)}).url == reverse("today")
    assert cora.get(reverse("where")).json()["setting"] == str(village.county.pk)
    assert cora.get(reverse("switch")).status_code == 405


@pytest.mark.parametrize("path", ["/probe/keep/?q=%00", "/cases/%00/", "/c/a%00b/"])
def test_a_sign_the_database_cannot_hold_is_not_found(cora, path):
    assert cora.get(path).status_code == 404


def test_pages_are_kept_by_no_cache(cora, client):
    assert "no-store" in cora.get(reverse("where"))["Cache-Control"]
    assert "no-store" in client.get(reverse("code"))["Cache-Control"]
