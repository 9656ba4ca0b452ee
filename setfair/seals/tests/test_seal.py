"""The programme's seal: any change to what it sealed is told by readers of PDFs that are none of ours."""

from datetime import timedelta

import pytest
from asn1crypto import x509
from django.db import IntegrityError, transaction
from pyhanko_certvalidator import ValidationContext

from setfair.core import clock, tenant
from setfair.core.actor import system
from setfair.seals import actions, certificate, queries, sealing
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


@pytest.mark.parametrize(("days", "number"), [(-1, 2), (1, 3)])
def test_a_key_is_replaced_a_year_before_it_runs_out(school, days, number):
    actions.end_key(queries.live_key(), by=system(school.pk))
    with clock.standing_still(clock.now() - timedelta(days=365 * (certificate.YEARS - 1) + days)):
        old = actions.make_key(school, by=system(school.pk))
    have_seals()
    assert (queries.live_key().number, SealSecret.objects.filter(key=old).count()) == (number, 3 - number)


def test_what_opened_a_key_that_ended_is_let_go_of(school, a_page):
    sealed(a_page)
    assert sealing._sealer.cache_info().currsize > 0
    actions.end_key(queries.live_key(), by=system(school.pk))
    have_seals()
    assert sealing._sealer.cache_info().currsize == 0


@pytest.mark.parametrize("change", [{"root": b"another"}, {"certificate": b"another"}, {"number": 7}])
def test_the_certificates_of_a_key_stay_as_they_are(school, change):
    with pytest.raises(IntegrityError, match="is read by it"), transaction.atomic():
        SealKey.objects.update(**change)


def test_a_key_that_ended_stays_ended_and_is_not_taken_away(school):
    actions.end_key(queries.live_key(), by=system(school.pk))
    with pytest.raises(IntegrityError, match="is read by it"), transaction.atomic():
        SealKey.objects.update(ended_at=None)
    with pytest.raises(IntegrityError, match="is read by it"), transaction.atomic():
        SealKey.objects.all().delete()
