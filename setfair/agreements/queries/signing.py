from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import HEART, SPEAKERS, Case, Participation, Role
from setfair.cases.queries import here, how, stands_as
from setfair.cases.route import WITHOUT_MEETING
from setfair.conferences.models import Attendance
from setfair.core import clock
from setfair.files.models import File
from setfair.preparation.models import NoGuardian
from setfair.preparation.queries import lack_a_yes
from setfair.programmes.speaking import named
from setfair.vault import ring

from .. import names
from ..journey import Stage
from ..models import Agreement, Concern, Remark, Rest, Signature, Signer
from .remarks import let_pass, remarks
from .renewing import carried, carried_of, under
from .scanning import scans
from .standing import held_of


def signers(agreement: Agreement, later: Iterable[UUID] = ()) -> QuerySet[Participation]:
    """Whose yes it takes, of those who are here: fixed when it is laid out, and until then everyone who came, and `later` besides.

    Whoever decides for one of them signs too, there or not: until they are 18 nothing holds on a young person's own yes.
    One that was laid out before this was written down goes by who came. Where they do
    not meet it is the two sides, and each is in it once the words are with them (`not_reached`).
    """
    theirs = asked_themselves(agreement, later).values("pk")
    return here(agreement.case).filter(Q(pk__in=theirs) | Q(_decides(), stands_by__in=theirs)).order_by("added_at", "id")


def asked_themselves(agreement: Agreement, later: Iterable[UUID] = ()) -> QuerySet[Participation]:
    """Whose yes it takes for what they promise and are promised, and not because they decide for somebody."""
    last = last_round(agreement)
    if agreement.stage == Stage.DRAFTING or not last:
        theirs = _who_came(agreement) if agreement.conference_id else on_a_side(agreement.case)
        people = here(agreement.case).filter(Q(pk__in=theirs.values("pk")) | Q(pk__in=list(later), role__in=SPEAKERS))
        return people.exclude(pk__in=stopped_since(agreement.case, agreement)).order_by("added_at", "id")
    fixed = Signer.objects.filter(agreement=agreement, round=last).values("participation")
    return here(agreement.case).filter(pk__in=fixed).order_by("added_at", "id")


def who_could_sign_later(agreement: Agreement) -> list[Participation]:
    """Who belongs to the circle and did not come: they can be asked to sign from afar."""
    if not agreement.conference_id:
        return []
    people = here(agreement.case).filter(role__in=SPEAKERS).exclude(pk__in=signers(agreement).values("pk")).select_related("person")
    return list(people.exclude(pk__in=stopped_since(agreement.case, agreement)).order_by("added_at", "id"))


def stopped_since(case: Case, agreement: Agreement | None = None) -> set[UUID]:
    """Who took their yes back while promises are kept: of something more they are asked nothing, in whatever version of it.

    What holds holds for them too, so a newer version of what has their name (`agreement`) is still laid before them.
    """
    if case.stage != CaseStage.FOLLOWING_UP:
        return set()
    stopped = lack_a_yes(list(here(case).filter(role__in=SPEAKERS).select_related("person")))
    held = held_of(agreement) if stopped and agreement is not None else None
    return stopped - set(under(held)) if held is not None else stopped


def rests(agreement: Agreement) -> dict[UUID, Rest]:
    """The latest wish to sleep on it of each, by whose it is."""
    return {rest.participation_id: rest for rest in Rest.objects.filter(agreement=agreement).order_by("at", "id")}


def both_sides(case: Case) -> QuerySet[Participation]:
    """Everybody on a side, and whoever may decide for one of them."""
    return here(case).filter(stands_as(Role.HARMED) | stands_as(Role.RESPONSIBLE) | _decides()).order_by("added_at", "id")


def on_a_side(case: Case) -> QuerySet[Participation]:
    return here(case).filter(stands_as(Role.HARMED) | stands_as(Role.RESPONSIBLE)).order_by("added_at", "id")


def present_signers(agreement: Agreement) -> QuerySet[Participation]:
    """Of those who sign, whoever came; where they do not meet, nobody did."""
    return signers(agreement).filter(pk__in=_who_came(agreement).values("pk")) if agreement.conference_id else signers(agreement).none()


def alone(people: Iterable[Participation]) -> list[Participation]:
    """Those who are under 18, or may be, and have nobody here who decides for them, and no note of why they go without."""
    young = [p for p in people if p.needs_guardian_now]
    stood_by = Participation.objects.filter(_decides(), stands_by__in=young, left_at__isnull=True).values_list("stands_by", flat=True)
    noted = NoGuardian.objects.filter(participation__in=young).values_list("participation", flat=True)
    cared_for = {*stood_by, *noted} if young else set()
    return [p for p in young if p.pk not in cared_for]


def undecided(agreement: Agreement) -> list[Participation]:
    """The young people under these words for whom nobody decides any more, unless whoever did so had signed them too."""
    deciding = Q(participation__role=Role.GUARDIAN, participation__has_authority=True)
    named = (Signature.objects.filter(deciding, agreement=agreement), carried(agreement).filter(deciding))
    said = {pk for names in named for pk in names.values_list("participation__stands_by", flat=True)}
    return [young for young in alone(signers(agreement).select_related("person")) if young.pk not in said]


def side_of(participation: Participation) -> str:
    """With which side somebody reads it. Whoever is on both reads with those harmed; a guardian with whom they decide for."""
    stands = participation if participation.roles & HEART or participation.stands_by is None else participation.stands_by
    return Role.HARMED.value if Role.HARMED in stands.roles else Role.RESPONSIBLE.value


def _decides() -> Q:
    """Whoever may decide for somebody who is here and whose 18th birthday, if it is known, has not come."""
    grown = Q(stands_by__person__of_age_at__isnull=False, stands_by__person__of_age_at__lte=clock.now())
    return Q(role=Role.GUARDIAN, has_authority=True, stands_by__left_at__isnull=True) & ~grown


def not_reached(agreement: Agreement) -> list[Participation]:
    """Who has to agree too and has not seen a word of it yet: where they do not meet, the side that does not read first."""
    if agreement.conference_id or agreement.stage != Stage.SIGNING:
        return []
    return list(both_sides(agreement.case).exclude(pk__in=signers(agreement).values("pk")).select_related("person"))


def agree_apart(case: Case) -> bool:
    """Whether this is agreed without a meeting: such a way is chosen, and everyone has said yes to it."""
    return case.stage == CaseStage.READY and how(case) in WITHOUT_MEETING


def last_round(agreement: Agreement) -> int:
    """How often it was laid out to be signed."""
    return Signer.objects.filter(agreement=agreement).aggregate(last=Max("round"))["last"] or 0


def _who_came(agreement: Agreement) -> QuerySet[Participation]:
    came = Attendance.objects.filter(conference=agreement.conference_id, participation=OuterRef("pk")).order_by("-number").values("came")
    circle = here(agreement.case).filter(role__in=SPEAKERS)
    return circle.annotate(came=Subquery(came[:1])).filter(came=True).order_by("added_at", "id")


def everyone_has_signed(agreement: Agreement) -> bool:
    """Whether nobody's yes is missing any more: of those who sign, of those whom the words have still to reach, and for the young."""
    return not (still_to_sign(agreement).exists() or not_reached(agreement) or undecided(agreement))


def still_to_sign(agreement: Agreement) -> QuerySet[Participation]:
    """Those whose yes is still missing: given to this version, or carried to it. When nobody is left, the agreement holds."""
    given = Exists(Signature.objects.filter(agreement=agreement, participation=OuterRef("pk")))
    return signers(agreement).exclude(given).exclude(Exists(carried(agreement).filter(participation=OuterRef("pk"))))


def has_signed(agreement: Agreement, participation: Participation) -> bool:
    """Whether their name stands under it, from this version or carried from one before."""
    return signature_of(agreement, participation) is not None


def signature_by(agreement: Agreement, participation: UUID | None) -> Signature:
    """What just this person signed in just this version. Raises `Http404`."""
    return get_object_or_404(Signature, agreement=agreement, participation=participation)


def signature_of(agreement: Agreement, participation: Participation) -> Signature | None:
    """What they signed: this version, or the one from which their name goes on."""
    given = Signature.objects.filter(agreement=agreement, participation=participation).first()
    on = None if given is not None else carried_of(agreement, participation)
    return on.signature if on is not None else given


def lying_for(participation: Participation) -> list[Agreement]:
    """All that lies there for this person to sign, the first agreement first."""
    there = Agreement.objects.filter(case=participation.case_id, stage=Stage.SIGNING).select_related("case", "conference").order_by("number")
    return [agreement for agreement in there if still_to_sign(agreement).filter(pk=participation.pk).exists()]


def being_signed_by(participation: Participation, which: UUID | None = None) -> Agreement | None:
    """The agreement that lies there for this person to sign, if one does; where several do, only the one that is named."""
    there = lying_for(participation)
    named = [agreement for agreement in there if agreement.pk == which] if which else there
    return named[0] if len(named) == 1 else None


def among(agreement: Agreement, keys: Iterable[UUID]) -> list[Participation]:
    """Those of `keys` who are still in this circle, whether they have signed or not, in the order in which they joined it."""
    people = list(signers(agreement).filter(pk__in=keys).select_related("person"))
    ring.gather([p.person_id for p in people])
    return people


def holding_it(agreement: Agreement, key: UUID | None) -> Participation | None:
    """This person, while the agreement lies there or holds. Whether they have signed changes nothing: a tablet must not tell."""
    if agreement.stage not in (Stage.SIGNING, Stage.IN_FORCE) or key is None:
        return None
    return signers(agreement).filter(pk=key).select_related("person").first()


@dataclass(frozen=True)
class Hand:
    """One person's place under the agreement. `since` is the version to which their name was given, where it goes on under a newer one."""

    participation: Participation
    signature: Signature | None
    concern: Concern | None
    rest: Rest | None = None
    scan: File | None = None
    since: int | None = None
    kept_from: frozenset[str] = frozenset()
    remark: Remark | None = None
    is_let: bool = False

    @property
    def on_paper(self) -> bool:
        return self.signature is not None and self.since is None and self.signature.method == Signature.Method.PAPER

    @property
    def signed_at(self) -> datetime | None:
        return self.signature.at if self.signature else None

    @property
    def how(self) -> str:
        return str(self.signature.get_method_display()) if self.signature else ""

    @property
    def typed(self) -> str:
        """What they wrote as their name."""
        return self.signature.typed_name if self.signature else ""

    @property
    def read(self) -> dict[str, Any] | None:
        """What they had before them when they signed; of a signature given before that was kept, nothing."""
        return self.signature.seen if self.signature else None

    @property
    def language(self) -> str:
        return named(self.signature.language) if self.signature else ""

    @property
    def wrote_otherwise(self) -> bool:
        return self.signature is not None and not names.is_theirs(self.signature.typed_name, self.participation.person)


def hands(agreement: Agreement) -> list[Hand]:
    """Everyone who signs or has signed, with their signature or their last worry; for the team alone, since nobody else learns who."""
    signed = {s.participation_id: s for s in signatures(agreement)}
    gone_on = {c.participation_id: c.signature for c in carried(agreement).select_related("signature__agreement")}
    named = Q(pk__in=signers(agreement).values("pk")) | Q(pk__in=[*signed, *gone_on])
    people = list(Participation.objects.filter(named).select_related("person").order_by("added_at", "id"))
    ring.gather([agreement.case_id, *(p.person_id for p in people)])
    worried = {c.participation_id: c for c in Concern.objects.filter(agreement=agreement).order_by("at", "id")}
    resting, sheets, said = rests(agreement), scans(agreement), remarks(agreement)
    let = let_pass(agreement) if said else set()
    given = {
        p.pk: Hand(p, signed[p.pk], None, None, sheets.get(p.pk), remark=(own := said.get(p.pk)), is_let=own is not None and own.pk in let)
        for p in people
        if p.pk in signed
    }
    given |= {p.pk: Hand(p, s, worried.get(p.pk), since=s.agreement.version) for p in people if (s := gone_on.get(p.pk)) and p.pk not in given}
    return [given.get(p.pk) or Hand(p, None, worried.get(p.pk), resting.get(p.pk)) for p in people]


def last_concern(agreement: Agreement, participation: Participation) -> Concern | None:
    """What this person said last instead of signing."""
    return Concern.objects.filter(agreement=agreement, participation=participation).order_by("-at", "-id").first()


def signatures(agreement: Agreement) -> list[Signature]:
    ring.gather([agreement.case_id])
    return list(Signature.objects.filter(agreement=agreement).order_by("at", "id"))


def called(agreement: Agreement, participation: Participation) -> str:
    """The name that stands for somebody under these words."""
    fixed: dict[str, str] = (agreement.words or {}).get("names", {})
    return fixed.get(str(participation.pk)) or participation.person.spoken


def unanswered(agreements: QuerySet[Agreement]) -> QuerySet[Concern]:
    """Worries about agreements that lie there to be signed, of people who are here and have not signed since; the newest first."""
    signed = Signature.objects.filter(agreement=OuterRef("agreement"), participation=OuterRef("participation"))
    waiting = Concern.objects.filter(agreement__in=agreements.filter(stage=Stage.SIGNING).values("pk"), participation__left_at__isnull=True)
    return waiting.exclude(Exists(signed)).select_related("agreement__case").order_by("-at")
