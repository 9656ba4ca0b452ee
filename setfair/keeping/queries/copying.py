"""What is kept about one person, for them to read: their own words and choices, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.models import Concern, Evidence, Item, Signature
from setfair.cases.models import Case, Participation
from setfair.core.actor import Kind
from setfair.letters.models import Letter
from setfair.outcomes.models import News
from setfair.people.models import Contact
from setfair.preparation.models import CallWish, Consent, Meeting
from setfair.referrals.models import Referral
from setfair.scheduling.models import TimeAnswer
from setfair.vault import ring

from .looks import looks_at

Section = dict[str, Any]
SHORTEST = 3
"""Parts of names shorter than this stay as they are: they would take half the words with them."""


def copy_for(whose: Participation | Referral) -> list[Section]:
    """Sections of lines, in the language that is spoken now. Names of others are replaced by what they are in it; others' words are not in it."""
    sections = _of_person(whose) if isinstance(whose, Participation) else _of_asker(whose)
    return [{"title": title, "lines": lines} for title, lines in sections if lines]


def _of_person(me: Participation) -> list[tuple[str, list[list[str]]]]:
    circle = list(Participation.objects.filter(case=me.case_id).select_related("person"))
    ring.gather([me.case_id, *(p.person_id for p in circle)])
    hide = _Others({p.person: str(p.get_role_display()) for p in circle if p.person_id != me.person_id}, me.person)
    return [
        (_("About you"), _about(me)),
        (_("How we may reach you"), [[str(c.get_way_display()), c.value] for c in Contact.objects.filter(person=me.person, ended_at__isnull=True)]),
        (_("What you said"), _said(me)),
        (_("When we met with you"), [[_day(m.held_on), ""] for m in Meeting.objects.filter(participation=me).order_by("at", "id")]),
        (_("What you signed"), [[_moment(s.at), f"{s.typed_name} ({s.get_method_display()})"] for s in Signature.objects.filter(participation=me)]),
        (_("What you promised"), [[_day(i.due_on), hide(i.what)] for i in Item.objects.filter(owner=me).order_by("due_on", "order")]),
        (_("What you told us about it"), _told_us(me, hide)),
        (_("Letters to you"), _letters(Q(reader_id=me.person_id, case_id=me.case_id))),
        (_("What you were told"), [[_day(n.told_on), str(n.get_way_display())] for n in News.objects.filter(participation=me).order_by("at")]),
        (_("When the team looked"), looks_at(me)),
    ]


def _about(me: Participation) -> list[list[str]]:
    person = me.person
    known = [
        (_("Name"), person.name),
        (_("Called"), person.called),
        (_("Born"), str(person.birth_year or "")),
        (_("Language"), person.language),
        (_("Interpreter"), _("yes") if person.interpreter else ""),
        (_("What you need"), person.needs),
        (_("Your part"), str(me.get_role_display())),
        (_("Since"), _moment(me.added_at)),
    ]
    return [[key, value] for key, value in known if value]


def _said(me: Participation) -> list[list[str]]:
    given = Consent.objects.filter(giver=me).order_by("at", "id")
    lines = [[_moment(c.at), f"{c.get_scope_display()}: {c.get_answer_display()} ({c.get_method_display()})"] for c in given]
    about = _("a time")
    lines += [[_moment(t.starts_at), f"{about}: {t.answer}"] for t in TimeAnswer.objects.filter(participation=me).order_by("at", "id")]
    return lines + [[_moment(w.at), _("you asked us to call you")] for w in CallWish.objects.filter(participation=me).order_by("at", "id")]


def _told_us(me: Participation, hide: _Others) -> list[list[str]]:
    mine = Evidence.objects.filter(case=me.case_id, by_kind=Kind.PARTICIPANT, by=me.pk).order_by("at", "id")
    not_right = Concern.objects.filter(participation=me).order_by("at", "id")
    return [[_moment(row.at), hide(row.words)] for row in (*mine, *not_right) if row.words]


def _of_asker(request: Referral) -> list[tuple[str, list[list[str]]]]:
    case = Case.objects.filter(referral=request).first()
    circle = list(Participation.objects.filter(case=case).select_related("person")) if case is not None else []
    ring.gather([request.pk, *(p.person_id for p in circle)])
    others = {p.person: str(p.get_role_display()) for p in circle}
    hide = _Others(others, None, named={str(one.get("name", "")): _("somebody") for one in request.people or ()}, keep=request.asker)
    told = [(_("What happened"), request.story), (_("When"), request.when), (_("Safety"), request.safety), (_("What is needed"), request.needs)]
    told += [(_moment(more.at), more.words) for more in request.additions.all()]  # type: ignore[attr-defined]
    reach = [[key, str(value)] for key, value in (request.reach or {}).items() if value]
    return [
        (_("About you"), [[_("Name"), request.asker], [_("Came"), _moment(request.received_at)]]),
        (_("How we may reach you"), reach),
        (_("What you told us"), [[key, hide(words)] for key, words in told if words]),
        (_("Letters to you"), _letters(Q(reader_id=request.pk))),
    ]


def _letters(theirs: Q) -> list[list[str]]:
    """Each letter without its words: some of them open a page."""
    rows = Letter.objects.filter(theirs).order_by("made_at", "id")
    return [[_moment(letter.made_at), f"{letter.get_channel_display()}, {letter.get_stage_display()}"] for letter in rows]


class _Others:
    """Puts what somebody is in it where their name stands. What the reader is called themselves stays."""

    def __init__(self, people: Mapping[Any, str], me: Any, *, named: Mapping[str, str] | None = None, keep: str = "") -> None:
        mine = {part.casefold() for part in _parts([me.name, me.called] if me is not None else [keep])}
        words = {part: role for person, role in people.items() for part in _parts([person.name, person.called])}
        words |= {part: role for name, role in (named or {}).items() for part in _parts([name])}
        self.roles = {word.casefold(): role for word, role in words.items() if word.casefold() not in mine}
        longest_first = sorted(self.roles, key=len, reverse=True)
        self.pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE) if longest_first else None

    def __call__(self, text: str) -> str:
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: f"[{self.roles[found.group(1).casefold()]}]", text)


def _parts(names: Iterable[str]) -> set[str]:
    """A name as a whole, and each of its words that is long enough."""
    found = {name.strip() for name in names if name and name.strip()}
    return found | {part for name in found for part in re.split(r"[\s\-']+", name) if len(part) >= SHORTEST}


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
