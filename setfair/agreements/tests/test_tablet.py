"""The tablet that goes round, and the sheet of paper: each person's own yes, with a witness."""

import pytest
from django.urls import reverse

from setfair.agreements.models import Signature
from setfair.agreements.tests.reading import TICKED, seen, told

pytestmark = pytest.mark.django_db


def test_the_tablet_goes_round(signing, village, client):
    village.sign_in(client, "fadi")
    names = told(client.get(reverse("tablet", args=[signing.agreement.pk])))
    assert all(name in names for name in ("Hana", "Rami", "Sol", "Gail Delacourt"))
    page = client.get(reverse("tablet_person", args=[signing.hana.pk]))
    assert "For Hana" in told(page)
    assert signing.case.ref not in told(page)
    assert "bar-nav" not in told(page)
    words = {"seen": seen(page), "typed_name": "Hana O."} | TICKED
    no_name = client.post(reverse("tablet_person", args=[signing.hana.pk]), words | {"typed_name": ""})
    assert no_name.status_code == 422
    answer = client.post(reverse("tablet_person", args=[signing.hana.pk]), words)
    assert (answer.status_code, answer["Location"]) == (302, reverse("tablet_back", args=[signing.agreement.pk]))
    signature = Signature.objects.get()
    assert (signature.participation, signature.method, signature.witness) == (signing.hana, "tablet", village.fadi.pk)
    back = told(client.get(answer["Location"]))
    assert "Please hand it back." in back
    assert "Hana" not in back
    assert client.get(reverse("tablet_person", args=[signing.hana.pk])).status_code == 302


def test_the_tablet_speaks_the_language_of_whoever_holds_it(signing, village, client):
    signing.sol.person.language = "ar"
    signing.sol.person.save()
    village.sign_in(client, "fadi")
    page = client.get(reverse("tablet_person", args=[signing.sol.pk]))
    assert 'lang="ar" dir="rtl"' in told(page)
    client.post(reverse("tablet_person", args=[signing.sol.pk]), {"seen": seen(page), "typed_name": "Sol"} | TICKED)
    assert Signature.objects.get().language == "ar"
    assert 'lang="en"' in told(client.get(reverse("tablet", args=[signing.agreement.pk])))


def test_a_name_on_paper_is_written_down_by_whoever_holds_the_sheet(signing, village, client):
    village.sign_in(client, "cora")
    assert client.post(reverse("paper_signature", args=[signing.gail.pk]), {"typed_name": ""}).status_code == 422
    for status in (302, 422):
        assert client.post(reverse("paper_signature", args=[signing.gail.pk]), {"typed_name": "G. Delacourt"}).status_code == status
    signature = Signature.objects.get()
    assert (signature.method, signature.witness, signature.typed_name) == ("paper", village.cora.pk, "G. Delacourt")


def test_a_tablet_has_nothing_to_show_when_nothing_is_to_be_signed(holding, village, client):
    village.sign_in(client, "fadi")
    desk = reverse("agreement", args=[holding.case.ref])
    for name, pk in (("tablet", holding.agreement.pk), ("tablet_person", holding.hana.pk)):
        assert client.get(reverse(name, args=[pk]))["Location"] == desk
