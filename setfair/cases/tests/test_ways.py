"""What a page asks once about all its buttons is what each door would answer."""

import pytest

from setfair.access.policy import Permission
from setfair.access.ties import held, may, ties_of, ways_to
from setfair.cases.actions import seal
from setfair.cases.models import Case, Seal

pytestmark = pytest.mark.django_db

ASKED = [permission for permission in Permission if permission.name in {
    "OPEN_CASE", "RUN_CASE", "SEAL_CASE", "KEEP_NOTES", "PREPARE", "BOOK", "DRAFT_AGREEMENT", "SEE_KEEPING",
}]  # fmt: skip


def told(actor, case):
    row = Case.objects.filter(pk=case.pk).values("pk", **ways_to(actor, ASKED, Case)).get()
    return held(row, ASKED)


def test_whoever_asks_is_told_what_the_doors_say_and_each_tie_is_asked_once(village, at_preparing):
    case = at_preparing.case
    actors = [village.actor(name) for name in ("cora", "sven", "fadi", "mina", "ines", "ada")]
    actors += [village.actor("nour"), *(village.as_participant(p) for p in case.participations.all())]

    def asked_everybody():
        return [told(actor, case) for actor in actors], [{p for p in ASKED if may(actor, p, case)} for actor in actors]

    with village.inside():
        open_to_them, doors = asked_everybody()
        assert open_to_them == doors and set(ASKED) == open_to_them[0] | {Permission.SEAL_CASE} and set() in doors
        seal(case, by=village.actor("cora"), why=Seal.Why.STAFF, team=[village.users["cora"], village.users["sven"]])
        sealed, doors = asked_everybody()
        assert sealed == doors != open_to_them
        cora = village.actor("cora")
        asked = str(Case.objects.values("pk", **ways_to(cora, ASKED, Case)).query)
        possible = [tie for tie, reach in ties_of(Case).items() if reach(cora) is not None]
        assert asked.count('FROM "cases_case"') == 1 + len(possible) == 3
