"""What is kept about somebody of a case."""

from __future__ import annotations

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.agreements.models import (
    Concern,
    Evidence,
    Item,
)
from setfair.agreements.queries import made_by
from setfair.cases.audience import Audience
from setfair.cases.models import Participation
from setfair.conferences.models import Attendance, Heading, QuestionMark, Turn
from setfair.core.actor import Kind
from setfair.notes.models import Note
from setfair.outcomes.models import News
from setfair.people.models import Contact, Custody, Person, Visit, WayWish
from setfair.people.own_ways import said_of
from setfair.people.queries import hours_in_words
from setfair.preparation.models import (
    Acknowledgement,
    Arrangement,
    Attempt,
    Break,
    BreakEnd,
    CallWish,
    Consent,
    Disclosure,
    Invitation,
    Meeting,
    ObserverAnswer,
    Slip,
    Still,
    Tick,
)
from setfair.preparation.queries import shared_about, who_looked
from setfair.programmes.speaking import named
from setfair.scheduling.models import NoLonger, OfferAnswer
from setfair.sheets.models import Given as Sheet
from setfair.vault import ring
from setfair.voices.models import Companion, CompanionEnd, Hope, OwnWords, StandIn
from setfair.voices.queries import in_parts

from ..asked import Wants
from ..models import Asking
from .circled import others_than
from .exchanged import exchanged_of
from .given import Given
from .lines import Hide, Line, at, known, letters_to, line, on, replies_of, since
from .looks import looks_at
from .signed import how_done, signed_of
from .theirs_after import calls_of
from .theirs_money import money_of
from .theirs_told import wishes_of
from .times import times_of


def of_person(me: Participation, files: list[Given]) -> list[tuple[str, str, list[Line]]]:
    ring.gather([me.case_id, me.person_id])
    hide, here = others_than(me), Q(reader_id=me.person_id) & (Q(case_id=me.case_id) | Q(case_id__isnull=True))
    return [
        ("you", _("About you"), _about(me)),
        ("ways", _("How we may reach you"), _ways(me, hide)),
        ("answers", _("What you said"), _said(me, hide)),
        ("meetings", _("When we met with you"), _met(me)),
        ("signed", _("What you signed"), signed_of(me, hide)),
        ("told", _("What you told us about it"), _told_us(me, hide)),
        ("money", _("What you told us about money"), money_of(me)),
        ("exchanged", _("What you wrote to the others, and what you were given"), exchanged_of(me, hide)),
        ("replies", _("What you answered"), replies_of(here, hide)),
        ("letters", _("Letters to you"), letters_to(here, hide)),
        ("notes", _("What was written down for you"), _notes(me, hide)),
        ("files", _("Files"), [on_file.line(hide) for on_file in files]),
        ("news", _("What you were told"), [*_news(me, hide), *wishes_of(me)]),
        ("shared", _("What was shared about you, and with whom"), [_shared(d, me) for d in shared_about(me)]),
        ("looks", _("Who has looked"), _looked(me)),
        ("asked", _("What you asked us about yourself"), _asked(me)),
    ]


def _news(me: Participation, hide: Hide) -> list[Line]:
    return [on(n.told_on, _told(n, hide)) for n in News.objects.filter(participation=me).order_by("at")]


def _told(news: News, hide: Hide) -> str:
    return "\n".join([str(news.get_way_display()), *([hide(news.words)] if news.words else [])])


def _about(me: Participation) -> list[Line]:
    person = me.person
    told = [
        (_("Name"), person.name),
        (_("Called"), person.called),
        (_("How to speak of you"), person.pronouns),
        (_("How to speak to you"), me.address),
        (_("Born"), person.birth_year),
        (_("Turns 18"), on(person.of_age_at.date())[0] if person.of_age_at else ""),
        (_("Language"), named(person.language)),
        (_("Time zone"), person.zone),
        (_("Interpreter"), _("yes") if person.interpreter else ""),
        (_("Reads print"), "" if person.reads_print else _("no")),
        (_("With a booked time"), "" if person.times_as == Person.Times.FILE else person.get_times_as_display()),
        (_("What you need"), person.needs),
        (_("Your part"), me.get_role_display()),
    ]
    return [*known(told), *_stays(me), since(_("Since"), me.added_at)] + ([since(_("You left"), me.left_at)] if me.left_at else [])


def _stays(me: Participation) -> list[Line]:
    said = {True: _("You are in a closed place: %s"), False: _("You were in a closed place: %s")}
    stays = Custody.objects.filter(person=me.person).select_related("where").order_by("at", "id")
    return [at(stay.at, f"{said[stay.ended_at is None] % stay.where.name}\n{stay.address}".strip()) for stay in stays]


def _ways(me: Participation, hide: Hide) -> list[Line]:
    """All that they ever gave us, and what they asked to have changed on their own page, as they wrote it there."""
    known = [_way(contact, hide) for contact in Contact.objects.filter(person=me.person).order_by("added_at", "id")]
    wished = WayWish.objects.filter(person=me.person).order_by("at", "id")
    return known + [_way(Contact(way=w.way, value=w.value, added_at=w.at, **vars(said_of(w))), hide, _("as you asked on your page")) for w in wished]


def _way(contact: Contact, hide: Hide, first: str = "") -> Line:
    told = [
        first,
        contact.value,
        hide(hours_in_words(contact)),
        _("OK to leave a message") if contact.may_leave_message else "",
        _("OK to say who is calling") if contact.may_say_who else "",
        contact.get_whom_display() if contact.whom else "",
        _("Also reads it: %s") % hide(contact.also_reads) if contact.also_reads else "",
        _("not any more") if contact.ended_at else "",
    ]
    return line(contact.get_way_display(), "\n".join(str(words) for words in told if words), contact.added_at)


def _said(me: Participation, hide: Hide) -> list[Line]:
    rows = Consent.objects.filter(Q(giver=me) | Q(participation=me)).select_related("recipient", "giver__person").order_by("at", "id")
    lines = [at(said.at, _answer(said, me, hide)) for said in rows]
    lines += times_of(me)
    about = _("a time")
    offered = OfferAnswer.objects.filter(participation=me).select_related("time").order_by("at", "id")
    lines += [at(o.at, f"{about} ({at(o.time.starts_at)[0]}): {o.get_word_display()}") for o in offered]
    lines += [at(n.at, f"{about}: {n.get_word_display()}") for n in NoLonger.objects.filter(participation=me).order_by("at", "id")]
    took = {True: _("you take some responsibility"), False: _("you do not take responsibility")}
    lines += [at(a.at, took[a.given]) for a in Acknowledgement.objects.filter(participation=me).order_by("at", "id")]
    watched = ObserverAnswer.objects.filter(participation=me).order_by("at", "id")
    lines += [at(o.at, _("whether somebody may watch: %s") % o.get_answer_display()) for o in watched]
    lines += [at(b.at, _("you asked for a break")) for b in Break.objects.filter(giver=me).order_by("at", "id")]
    lines += [at(e.at, _("your break was over")) for e in BreakEnd.objects.filter(ended__giver=me).order_by("at", "id")]
    lines += [on(s.on, _slip(s, hide)) for s in Slip.objects.filter(participation=me).order_by("at", "id")]
    sheets = Sheet.objects.filter(participation=me).order_by("at", "id")
    lines += [at(g.at, _("you were given your questions: %s") % g.get_form_display()) for g in sheets]
    lines += [at(s.at, _("you said that it was still all right")) for s in Still.objects.filter(participation=me).order_by("at", "id")]
    lines += [at(w.at, _own(w, hide)) for w in OwnWords.objects.filter(participation=me).exclude(reads="me").order_by("at", "id")]
    lines += [
        at(c.at, hide(_("you would like to have beside you: %s") % f"{c.name} {c.reach}".strip()))
        for c in Companion.objects.filter(participation=me).order_by("at", "id")
    ]
    lines += [
        at(e.at, "\n".join(filter(None, [str(e.get_how_display()), hide(e.words)])))
        for e in CompanionEnd.objects.filter(participation=me).order_by("at", "id")
    ]
    lines += [at(s.at, _lent(s, hide)) for s in StandIn.objects.filter(participation=me).order_by("at", "id")]
    lines += [at(h.at, _hoped(h, hide)) for h in Hope.objects.filter(participation=me).order_by("at", "id")]
    return lines + [at(w.at, _("you asked us to call you")) for w in CallWish.objects.filter(participation=me).order_by("at", "id")]


def _slip(slip: Slip, hide: Hide) -> str:
    """Whoever saw it is no participant's secret, and still somebody else: their name goes through the same gate as every other."""
    told = [_("your answers, %s") % slip.get_method_display(), _("Seen by: %s") % hide(slip.seen_by)]
    told += [hide(slip.support_name)] if slip.support_name else []
    return "\n".join([*told, *([hide(slip.words)] if slip.words else [])])


def _own(words: OwnWords, hide: Hide) -> str:
    return "\n".join(f"{title}: {hide(said)}" for title, said in in_parts(words))


def _lent(said: StandIn, hide: Hide) -> str:
    """Who stands in is somebody else; what may be said is theirs."""
    if said.place_id is None:
        return _("you took back that somebody speaks for you")
    limits = [_("not to be said: %s") % hide(said.limits)] if said.limits else []
    return "\n".join([_("somebody may say for you: %s") % hide(said.say), *limits, f"{said.get_back_display()} · {said.get_when_display()}"])


def kept_to_themselves(me: Participation, hide: Hide) -> list[Line]:
    """What they want to say and ask, as often as they let nobody read it."""
    rows = OwnWords.objects.filter(participation=me, reads="me").order_by("at", "id")
    return [at(row.at, _own(row, hide)) for row in rows if in_parts(row)]


def _hoped(said: Hope, hide: Hide) -> str:
    return "\n".join(part for part in (_("you hope for: %s") % ", ".join(said.named()), hide(said.words)) if part)


def _answer(said: Consent, me: Participation, hide: Hide) -> str:
    """One answer; of somebody who answered for them only what, and not in which words."""
    to = f" ({said.recipient.name})" if said.recipient else ""
    answer = _("Taken back") if said.answer == Consent.Answer.WITHDRAWN else said.get_answer_display()
    words = [f"{capfirst(said.get_scope_display())}{to}: {answer}"]
    if said.giver_id != me.pk:
        return f"{capfirst(said.giver.get_role_display())}: {words[0]} ({said.get_method_display()})"
    words[0] += f" ({how_done(said)})"
    words += [_("Only if: %s") % hide(said.conditions)] if said.conditions else []
    words += [_("Counts until %s") % on(said.until)[0]] if said.until else []
    return "\n".join(words)


def _met(me: Participation) -> list[Line]:
    lines = [at(i.at, _("you were invited")) for i in Invitation.objects.filter(participation=me).order_by("at", "id")]
    lines += [on(m.held_on, _("we met")) for m in Meeting.objects.filter(participation=me).order_by("at", "id")]
    for one in Arrangement.objects.filter(participation=me).order_by("at", "id"):
        lines.append(at(one.at, f"{capfirst(str(one.get_kind_display()))}: {one.get_state_display()}"))
    for tick in Tick.objects.filter(participation=me).select_related("item__programme").order_by("at", "id"):
        lines.append(at(tick.at, f"{tick.item}: {tick.get_answer_display()}"))
    tried = Attempt.objects.filter(participation=me).order_by("at", "id")
    lines += [on(t.on, _("we tried to reach you") if t.way else _("a meeting that did not happen")) for t in tried]
    visits = Visit.objects.filter(Q(case_id=me.case_id) | Q(case_id=None), person=me.person).order_by("on", "id")
    lines += [on(v.on, _("a visit to you was planned")) for v in visits]
    came = {True: _("you came"), False: _("you did not come")}
    lines += [at(a.at, came[a.came]) for a in Attendance.objects.filter(participation=me).order_by("at", "id")]
    turn = _("your turn in the circle")
    lines += [at(t.at, f"{turn}: {t.get_what_display()}") for t in Turn.objects.filter(participation=me).order_by("number")]
    asked, marks = _("a question of yours in the circle"), QuestionMark.objects.filter(words__participation=me).order_by("at", "id")
    return lines + [at(m.at, f"{asked}: {m.get_what_display()}") for m in marks] + calls_of(me)


def _told_us(me: Participation, hide: Hide) -> list[Line]:
    mine = Evidence.objects.filter(case=me.case_id, by_kind=Kind.PARTICIPANT, by=me.pk).order_by("at", "id")
    asked = Evidence.objects.filter(item__in=Item.objects.filter(made_by(me), case=me.case_id), asks=True).order_by("at", "id")
    not_right = Concern.objects.filter(participation=me).order_by("at", "id")
    lines = [at(row.at, hide(row.words) or str(row.get_kind_display())) for row in not_right]
    lines += [at(row.at, _("we asked you: %s") % hide(row.words)) for row in asked]
    return lines + [at(row.at, hide(row.words)) for row in mine if row.words]


def _notes(me: Participation, hide: Hide) -> list[Line]:
    noted = [at(note.at, hide(note.words)) for note in Note.objects.filter(about=me, audience=Audience.SHARED).order_by("at", "id")]
    headings = Heading.objects.filter(participation=me).order_by("at", "id")
    return noted + [at(one.at, f"{one.get_kind_display()}: {hide(one.words)}") for one in headings]


def _shared(row: Disclosure, me: Participation) -> Line:
    to = row.recipient.name if row.recipient else _("whoever asked") if row.referral_id else ""
    if row.receiver is not None:
        to = _("you") if row.receiver_id == me.pk else str(row.receiver.get_role_display())
    yes = _("on your yes of %s") % at(row.consent.at)[0] if row.consent else ""
    what = _("a copy of what is kept about you") if row.kind == Disclosure.Kind.COPY and row.receiver_id == me.pk else str(row.get_kind_display())
    return at(row.at, " · ".join(filter(None, [what, to, yes])))


def _looked(me: Participation) -> list[Line]:
    """By whom, said as what they are here; then day by day."""
    return [line(who.part, _how_often(who.times, on(who.last)[0]), who.last) for who in who_looked(me)] + looks_at(me)


def _how_often(count: int, day: str) -> str:
    return ngettext("%(count)d time, on %(day)s", "%(count)d times, the last on %(day)s", count) % {"count": count, "day": day}


def _asked(me: Participation) -> list[Line]:
    rows = Asking.objects.filter(participation=me).prefetch_related("answers").order_by("at", "id")
    wants = {Wants.COPY: _("you asked for a copy"), Wants.FORGET: _("you asked us to forget you")}
    return [at(row.at, "\n".join([wants[Wants(row.wants)], *(str(a.get_how_display()) for a in row.answers.all())])) for row in rows]
