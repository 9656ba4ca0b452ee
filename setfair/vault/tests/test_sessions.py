"""A request that is still being written lies in its session: sealed, like every other word."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session

from setfair.vault.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_words_in_a_session_come_back_and_lie_sealed():
    store = SessionStore()
    store["draft"] = {"story": "My phone was broken 👩🏽‍🦱"}
    store.save()
    assert SessionStore(store.session_key)["draft"] == {"story": "My phone was broken 👩🏽‍🦱"}
    assert "phone" not in Session.objects.get(pk=store.session_key).session_data


@pytest.mark.parametrize("noise", ["", "1.", "1.xx", "9.abc", "no dot", "1." + "~" * 40])
def test_what_cannot_be_opened_is_an_empty_session(noise):
    assert SessionStore().decode(noise) == {}


def test_a_changed_session_is_an_empty_one():
    sealed = SessionStore().encode({"bearer": "x"})
    changed = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]  # the last sign alone may stand for padding
    assert SessionStore().decode(changed) == {}


def test_what_lay_under_one_key_opens_under_no_other():
    mine, theirs = SessionStore(), SessionStore()
    for store, whose in ((mine, "mine"), (theirs, "theirs")):
        store["whose"] = whose
        store.save()
    Session.objects.filter(pk=mine.session_key).update(session_data=Session.objects.get(pk=theirs.session_key).session_data)
    assert dict(SessionStore(mine.session_key).items()) == {}
    before = theirs.session_key
    theirs.cycle_key()
    assert theirs.session_key != before
    assert SessionStore(theirs.session_key)["whose"] == "theirs"


def test_a_stay_that_goes_on_is_written_with_one_statement(django_assert_num_queries):
    store = SessionStore()
    store.save()
    again = SessionStore(store.session_key)
    again["seen"] = 1
    with django_assert_num_queries(1):
        again.save()
    assert SessionStore(store.session_key)["seen"] == 1


def test_a_stay_that_ended_meanwhile_does_not_come_back():
    store = SessionStore()
    store.save()
    again = SessionStore(store.session_key)
    again["seen"] = 1
    store.delete()
    with pytest.raises(UpdateError):
        again.save()
    assert not SessionStore().exists(store.session_key)
