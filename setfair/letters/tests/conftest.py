import uuid

import pytest

from setfair.core import tenant
from setfair.core.actor import system
from setfair.letters.actions import Address, Words, write
from setfair.letters.models import Letter

ADDRESSES = {"email": "hana@home.example", "sms": "555-0101", "paper": "Hana\n14 Mill Street"}
WORDS = Words("Your next step", "Hello Hana,\n\nopen this link:\nhttp://localhost:8000/c/abc/\n\nNorthgate Room 12")


@pytest.fixture(autouse=True)
def own_outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def written(village):
    """`written("email")`: a letter that is due now, written by the school's own worker."""

    def make(channel="email", *, programme=None, **more):
        programme = programme or village.school
        given = {"to": Address(channel, ADDRESSES[channel]), "reader": uuid.uuid4(), "key": f"trial {uuid.uuid4()}", **more}
        words = given.pop("words", WORDS)
        with village.inside(programme):
            return write(words, by=system(programme.pk), **given)

    return make


@pytest.fixture
def now_of():
    """The letter as it stands in the database now, with its words open."""

    def look(letter):
        with tenant.inside(letter.programme_id):
            found = Letter.objects.get(pk=letter.pk)
            assert found.address
            assert found.body
            return found

    return look
