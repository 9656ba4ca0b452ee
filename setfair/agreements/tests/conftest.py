import pytest
from django.urls import reverse

from setfair.agreements import actions
from setfair.agreements.journey import Stage as Held
from setfair.agreements.terms import Terms
from setfair.agreements.tests.in_spanish import WRITTEN, put, speaks
from setfair.agreements.tests.on_the_table import LIST, OURS
from setfair.agreements.tests.renewing import add, sign
from setfair.agreements.tests.slipping import SLIP
from setfair.cases.journey import Stage
from setfair.files.tests.conftest import scanner
from setfair.village.cast import OTHER
from setfair.village.story import case_at

__all__ = ["scanner"]


@pytest.fixture
def met(village, at_convened):
    """A case whose conference is over and whose agreement is not begun; the test runs inside the school."""
    with village.inside():
        yield at_convened


@pytest.fixture
def signing(village, at_signing):
    """Two promises of Rami's, there to be signed by all four; the test runs inside the school."""
    with village.inside():
        yield at_signing


@pytest.fixture
def tablet(signing, village, client):
    """Signed in as Fadi, and then handed over."""
    village.sign_in(client, "fadi")
    answer = client.post(reverse("tablet", args=[signing.agreement.pk]), OURS)
    assert (answer.status_code, answer["Location"], answer["Clear-Site-Data"]) == (302, LIST, '"cache", "storage"')
    return client


@pytest.fixture
def holding(village, at_following_up):
    """An agreement in force, both promises open."""
    with village.inside():
        yield at_following_up


@pytest.fixture
def next_case(village):
    """Otto's case: the same school, the same moment, other people."""
    with village.inside():
        story = case_at(village, Stage.CONVENED, circle=OTHER)
        story.write_agreement()
        return story


@pytest.fixture
def two(met):
    """Rami promises Hana something and Sol something else, and everyone has signed."""
    agreement = actions.draft(met.case, by=met.lead)
    for owner, owed_to in ((met.rami, met.hana), (met.sol, met.gail)):
        add(met, owner, owed_to)
    actions.present(agreement, by=met.lead)
    met.sign_all()
    return met


@pytest.fixture
def slip(met):
    """Rami's promise has a slip in it; it is laid out, and Hana has signed."""
    agreement = actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana, SLIP)
    add(met, met.sol, met.gail)
    actions.present(agreement, by=met.lead)
    met.find_fair()
    sign(met, "hana")
    return met


@pytest.fixture
def reads_spanish(met):
    """Hana reads Spanish. Rami promises her a letter, and Sol promises Gail something; nobody has seen it yet."""
    speaks(met.hana)
    actions.draft(met.case, by=met.lead)
    what, proof, hard = WRITTEN
    add(met, met.rami, met.hana, what, proof_wanted=proof, terms=Terms(if_hard=hard))
    add(met, met.sol, met.gail)
    return met


@pytest.fixture
def held(slip):
    """The same, signed by all."""
    slip.sign_all()
    assert slip.agreement.stage == Held.IN_FORCE
    return slip


@pytest.fixture
def in_spanish(reads_spanish):
    """The letter stands there in Spanish, and all of it is laid out to be signed."""
    put(reads_spanish)
    actions.present(reads_spanish.agreement, by=reads_spanish.lead)
    reads_spanish.find_fair()
    return reads_spanish


@pytest.fixture
def kept_in_spanish(in_spanish):
    in_spanish.sign_all()
    assert in_spanish.agreement.stage == Held.IN_FORCE
    return in_spanish
