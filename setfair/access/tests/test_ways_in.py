"""Codes and links: nothing is spent by looking, nothing is learned by guessing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.access.models import Denial
from setfair.accounts.actions import issue_code, issue_link, revoke_passes
from setfair.accounts.models import Pass
from setfair.core.actor import system
from setfair.core.text import shown
from setfair.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probes")]

PARTICIPATION = Pass.Bearer.PARTICIPATION
SORRY = "That did not work."


@pytest.fixture
def hana(circle):
    return circle["hana"]


@pytest.fixture
def code(village, hana):
    return village.code_for(hana)


@pytest.fixture
def link(village, hana):
    with village.inside():
        return issue_link(bearer=PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))


def inside(client):
    answer = client.get(reverse("mine"))
    return answer.content.decode().split()[0] if answer.status_code == 200 else None


def type_code(client, text):
    return client.post(reverse("code"), {"code": text})


def test_a_code_lets_in_and_goes_on_working(client, caller, code, hana):
    for who in (client, caller()):
        answer = type_code(who, f" {shown(code).lower()} ")
        assert (answer.status_code, answer.url) == (302, reverse("home"))
        assert inside(who) == str(hana.pk)


def test_whoever_sent_a_request_goes_to_its_page(village, client):
    with village.inside():
        token = issue_code(bearer=Pass.Bearer.REFERRAL, bearer_id=village.cora.pk, by=system(village.school.pk))
    assert type_code(client, token).url == reverse("status")


def test_a_new_stay_is_a_new_session_and_holds_only_whose_pass_it_is(village, client, caller, code, circle, hana):
    other = village.enter(client, circle["rami"])
    before = other.session.session_key
    type_code(other, code)
    assert other.session.session_key != before
    assert set(other.session.keys()) == {"bearer", "started", "seen"}
    assert other.session["bearer"]["id"] == str(hana.pk)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_spends_nothing_and_learns_nothing(client, caller, link, hana, method):
    scanner = caller()
    answers = {getattr(scanner, method)(reverse("enter", args=[token])).content for token in (link, link[::-1], "nonsense" * 6) for _ in range(20)}
    assert len({_without_token(answer) for answer in answers}) == 1
    assert inside(scanner) is None
    assert Pass.objects.filter(spent_at__isnull=False).count() == 0
    assert client.post(reverse("enter", args=[link])).url == reverse("way_back")
    assert inside(client) == str(hana.pk)


def _without_token(page):
    return b"".join(line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line and b'name="next"' not in line)


def test_a_link_opens_once(client, caller, link):
    assert client.post(reverse("enter", args=[link])).status_code == 302
    second = caller().post(reverse("enter", args=[link]))
    assert second.status_code == 410
    assert "works once" in second.content.decode()
    assert reverse("code") in second.content.decode()


def test_pressing_the_same_link_again_in_the_same_stay_goes_on(client, link, hana):
    client.post(reverse("enter", args=[link]))
    assert client.post(reverse("enter", args=[link])).url == reverse("way_back")
    assert inside(client) == str(hana.pk)


def test_spent_run_out_taken_back_and_invented_look_the_same(village, caller, link, hana):
    def page(token):
        answer = caller().post(reverse("enter", args=[token]))
        return answer.status_code, _without_token(answer.content)

    caller().post(reverse("enter", args=[link]))
    spent = page(link)
    with village.inside():
        old = issue_link(bearer=PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
        Pass.objects.filter(kind="link", spent_at__isnull=True).update(expires_at=timezone.now() - timedelta(hours=1))
        run_out = page(old)
        back = issue_link(bearer=PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
        revoke_passes(bearer=PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
    assert spent == run_out == page(back) == page("x" * 43)
    assert spent[0] == 410


def test_a_code_never_opens_from_an_address(client, code, hana):
    """An address stays in the history of the browser, and a code lasts."""
    for ask in (client.get, client.post):
        for text in (code, shown(code), code.lower()):
            assert ask(reverse("enter", args=[text]))["Location"] == reverse("code")
    assert inside(client) is None
    assert type_code(client, code).status_code == 302
    assert inside(client) == str(hana.pk)


def test_a_code_taken_back_ends_its_stay_at_the_next_click(village, client, code, hana):
    type_code(client, code)
    assert inside(client) == str(hana.pk)
    with village.inside():
        revoke_passes(bearer=PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
    assert client.get(reverse("mine")).url == reverse("code")
    assert "bearer" not in client.session


def test_a_code_of_one_programme_opens_that_one_from_anywhere(village, client, circle):
    village.enter(client, circle["hana"])
    type_code(client, village.code_for(circle["nela"]))
    assert client.get(reverse("mine")).content.decode() == f"{circle['nela'].pk} {village.county.pk}"


def test_coming_in_and_wrong_codes_leave_a_line(village, client, code, hana):
    denied = Denial.objects.count()
    type_code(client, code)
    with village.inside():
        line = Entry.objects.filter(verb="came_in").get()
        assert (line.actor_kind, line.actor_id, line.route) == ("participant", hana.pk, "code")
    type_code(client, "WRONG222")
    assert Denial.objects.count() == denied + 1


@pytest.fixture
def eleven_minutes_later(connected_as):
    """The counters are committed on a connection of their own; so is the passing of time."""
    return lambda: connected_as("setfair_app").execute("UPDATE access_bucket SET since = since - interval '11 minutes'")


def test_ten_wrong_codes_then_none_is_looked_at_for_ten_minutes(caller, code, eleven_minutes_later):
    one = caller()
    for _ in range(10):
        assert type_code(one, "WRONG222").status_code == 422
    shut = type_code(one, code)
    assert shut.status_code == 422
    assert SORRY in shut.content.decode()
    assert inside(one) is None
    eleven_minutes_later()
    assert type_code(one, code).status_code == 302


def test_wrong_old_and_limited_read_the_same(village, caller, code, hana):
    one = caller()
    wrong = type_code(one, "ABCDEFGH")
    with village.inside():
        revoke_passes(bearer=PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))
    old = type_code(one, code)
    for _ in range(12):
        limited = type_code(one, code)
    pages = [_without_token(answer.content.replace(code.encode(), b"ABCDEFGH")) for answer in (wrong, old, limited)]
    assert pages[0] == pages[1] == pages[2]


def test_a_class_of_thirty_behind_one_address_comes_in(village, caller, code):
    one = caller()
    for _ in range(30):
        assert type_code(one, code).status_code == 302


def test_a_neighbouring_network_is_not_shut_out(caller, code):
    one, other = caller(), caller()
    for _ in range(61):
        type_code(one, "WRONG222")
        one.cookies.clear()
    assert type_code(one, code).status_code == 422
    assert type_code(other, code).status_code == 302


def test_one_who_tries_many_codes_shuts_nobody_else_out_behind_the_same_address(caller, code):
    pupil = caller()
    classmate = Client(REMOTE_ADDR=pupil.defaults["REMOTE_ADDR"])
    for _ in range(12):
        assert type_code(pupil, "WRONG222").status_code == 422
    assert type_code(pupil, code).status_code == 422
    assert type_code(classmate, code).status_code == 302


def test_dropping_every_cookie_gives_a_network_no_more_than_sixty(caller, code):
    there = caller().defaults["REMOTE_ADDR"]
    before = Denial.objects.count()
    for _ in range(62):
        assert type_code(Client(REMOTE_ADDR=there), "WRONG222").status_code == 422
    assert type_code(Client(REMOTE_ADDR=there), code).status_code == 422
    assert Denial.objects.count() == before + 60


@pytest.fixture
def a_thousand_tries_before(connected_as):
    """As if each counter that has counted to two hundred had counted a thousand more."""
    return lambda: connected_as("setfair_app").execute("UPDATE access_bucket SET count = count + 1000 WHERE count = 200")


def test_many_networks_near_each_other_count_together(code, a_thousand_tries_before):
    def at(third):
        return Client(REMOTE_ADDR=f"10.99.{third}.1")

    for number in range(200):
        type_code(at(number // 8), "WRONG222")
    a_thousand_tries_before()
    assert type_code(at(240), code).status_code == 422
    assert type_code(Client(REMOTE_ADDR="10.98.0.1"), code).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "sent", "same"),
    [(0, "1.2.3.4, 5.6.7.8", False), (1, "1.2.3.4, 9.9.9.9", True), (1, "6.6.6.6, 7.7.7.7, 9.9.9.9", True), (2, "9.9.9.9, 8.8.8.8", True)],
)
def test_a_header_that_anyone_can_write_does_not_choose_the_network(settings, caller, code, proxies, sent, same):
    """Without proxies of our own nothing is believed; with them, only what our outermost one has seen."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    one = caller()
    for number in range(61):
        spoofed = f"{number}.1.1.1, {sent}" if same else f"{number}.1.1.1"
        one.post(reverse("code"), {"code": "WRONG222"}, headers={"X-Forwarded-For": spoofed})
        one.cookies.clear()
    answer = one.post(reverse("code"), {"code": code}, headers={"X-Forwarded-For": sent})
    assert answer.status_code == 422


def test_a_page_that_fails_does_not_give_the_tries_back(caller, code):
    one = caller()
    one.raise_request_exception = False
    for _ in range(11):
        assert one.post(reverse("try_code"), {"code": "WRONG222"}).status_code == 500
    assert type_code(one, code).status_code == 422


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 41, "é" * 40, "👩🏽‍🦱", "--------", "' OR 1=1 --"])
def test_no_text_makes_it_fall_over(client, text):
    assert type_code(client, text).status_code == 422


def test_the_code_page_is_private_and_helps(client):
    page = client.get(reverse("code")).content.decode()
    assert "<title>Meeting</title>" in page
    assert 'autocomplete="off"' in page
    assert "new code in a minute" in page


def test_thirty_links_that_lead_nowhere_then_none_is_looked_at_for_ten_minutes(caller, link, eleven_minutes_later):
    one = caller()
    before = Denial.objects.count()
    for number in range(35):
        assert one.post(reverse("enter", args=[f"{number:02}" + "x" * 41])).status_code == 410
    assert Denial.objects.count() == before + 30
    assert one.post(reverse("enter", args=[link])).status_code == 410
    eleven_minutes_later()
    assert one.post(reverse("enter", args=[link])).status_code == 302


def test_wrong_links_and_wrong_codes_are_counted_apart(caller, code):
    one = caller()
    for number in range(35):
        one.post(reverse("enter", args=[f"{number:02}" + "x" * 41]))
    assert type_code(one, code).status_code == 302


def test_a_link_that_was_used_is_no_guess(caller, link):
    caller().post(reverse("enter", args=[link]))
    one = caller()
    before = Denial.objects.count()
    for _ in range(40):
        assert one.post(reverse("enter", args=[link])).status_code == 410
    assert Denial.objects.count() == before
