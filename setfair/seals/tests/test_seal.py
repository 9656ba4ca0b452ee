"""The programme's seal: any change to what it sealed is told by readers of PDFs that are none of ours."""

import pytest
from asn1crypto import x509
from pyhanko_certvalidator import ValidationContext

from setfair.core import tenant
from setfair.core.actor import system
from setfair.seals import actions, queries
from setfair.seals.models import SealKey, SealSecret
from setfair.seals.sealing import NoSeal, sealed
from setfair.seals.tasks import have_seals
from setfair.vault.models import DataKey
from tests.readers import says_valid

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(village):
    with village.inside():
        actions.make_key(village.school, by=system(village.school.pk))
        yield village.school


def test_a_key_is_made_once_and_its_certificate_names_the_programme(school):
    key = actions.make_key(school, by=system(school.pk))
    shown = x509.Certificate.load(bytes(key.certificate))
    assert (SealKey.objects.count(), SealSecret.objects.count(), key.number) == (1, 1, 1)
    assert shown.subject.native == {"common_name": school.short_name}
    ValidationContext(trust_roots=[x509.Certificate.load(bytes(key.root))])


def test_the_private_half_lies_sealed(school):
    secret = SealSecret.objects.get()
    raw = SealSecret.objects.values_list("private", flat=True).get()
    assert bytes(secret.private) not in bytes(raw)
    assert DataKey.objects.filter(pk=secret.pk).count() == 1


def test_a_key_that_is_replaced_seals_nothing_more_and_what_it_sealed_stays_valid(school, a_page):
    before, old = sealed(a_page)
    secret = SealSecret.objects.get().pk
    assert (actions.end_key(queries.live_key(), by=system(school.pk)), queries.live_key()) == (True, None)
    assert not actions.end_key(old, by=system(school.pk)), "of two who replace it at once, one does"
    have_seals()
    fresh = queries.live_key()
    after, new = sealed(a_page)
    assert (new, fresh.number, queries.live_key()) == (fresh, 2, fresh)
    assert DataKey.objects.filter(pk=secret).count() == 0
    assert says_valid(before, bytes(old.root)) and says_valid(after, bytes(new.root))
    assert not says_valid(before, bytes(new.root))


def test_the_programme_next_door_has_no_key_and_sees_none(village, school, a_page):
    with tenant.inside(village.county.pk):
        assert queries.every_key() == []
        with pytest.raises(NoSeal):
            sealed(a_page)
