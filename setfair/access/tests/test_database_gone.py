"""The database goes away in the middle: a pause with the words kept, and nothing half-written."""

import pytest
from django.db import connection
from django.urls import reverse

from setfair.programmes.models import Room

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("probes")]

OURS = {"Origin": "http://testserver"}
STORY = "It was at lunch. 世界"


@pytest.fixture
def cora(village, client):
    client.raise_request_exception = False
    return village.sign_in(client, "cora")


@pytest.fixture
def cut(superuser_connection):
    """End the web's own connection from the server's side, as a restart does."""

    def now():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (mine,) = cursor.fetchone()
        superuser_connection.execute("SELECT pg_terminate_backend(%s)", [mine])

    return now


def test_words_sent_while_the_database_is_gone_are_kept(cora, cut):
    cut()
    answer = cora.post(reverse("keep"), {"story": STORY}, headers=OURS)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert page.count(STORY) == 2  # shown, and in the form that sends it again
    assert f'action="{reverse("keep")}"' in page
    connection.close()
    assert cora.post(reverse("keep"), {"story": STORY}).content.decode() == STORY


@pytest.mark.parametrize("origin", ["https://evil.example", "https://testserver", "null", None])
def test_a_foreign_page_cannot_have_its_words_shown_as_ours(cora, cut, origin):
    cut()
    answer = cora.post(reverse("keep"), {"story": STORY}, headers={"Origin": origin} if origin else {})
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], STORY in page, "<form" in page) == (503, "10", False, False)
    connection.close()


def test_words_from_an_address_that_a_proxy_stands_for_are_kept(cora, cut, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://room12.school.example"]
    cut()
    answer = cora.post(reverse("keep"), {"story": STORY}, headers={"Origin": "https://room12.school.example"})
    assert (answer.status_code, answer.content.decode().count(STORY)) == (503, 2)
    connection.close()


def test_a_page_asked_for_while_the_database_is_gone_says_so(cora, cut):
    cut()
    answer = cora.get(reverse("keep"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "back in a moment" in answer.content.decode()
    connection.close()


def test_cut_off_in_the_middle_of_writing_nothing_is_half_written(village, cora):
    answer = cora.post(reverse("cut_in_the_middle"), {"name": "Half", "story": STORY}, headers=OURS)
    assert answer.status_code == 503
    assert STORY in answer.content.decode()
    connection.close()
    with village.inside():
        assert Room.objects.filter(name="Half").count() == 0


def test_a_code_typed_while_the_database_is_gone_is_not_written_back(client, village, cut):
    client.raise_request_exception = False
    cut()
    answer = client.post(reverse("code"), {"code": "7F3K22QM"}, headers=OURS)
    assert answer.status_code == 503
    assert "Send again" in answer.content.decode()
    assert "7F3K22QM" not in answer.content.decode()
    connection.close()


def test_a_server_that_cannot_be_reached_is_a_pause_for_the_counter_too(client, village, settings, monkeypatch):
    client.raise_request_exception = False
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = client.post(reverse("code"), {"code": "7F3K22QM"})
    assert answer.status_code == 503
