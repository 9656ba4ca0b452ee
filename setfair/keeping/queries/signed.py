"""What somebody signed, and what they said and read before."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from setfair.agreements.models import (
    Agreement,
    Carried,
    Fit,
    LastingCopy,
    Remark,
    Rest,
    Scan,
    Signature,
    SpellingBack,
    Translation,
)
from setfair.agreements.reach import read_by
from setfair.agreements.seen import kept
from setfair.cases.models import Participation
from setfair.preparation.models import Consent
from setfair.programmes.speaking import named

from .lines import Hide, Line, at, on


def signed_of(me: Participation, hide: Hide) -> list[Line]:
    """The signature, and what they had before them then. Promises are of everybody who signed them; nobody else is named."""
    signed = list(Signature.objects.filter(participation=me).order_by("at", "id"))
    lines = [at(s.at, f"{s.typed_name} ({how_done(s)})") for s in signed]
    lines += [at(s.at, _seen(read, hide)) for s in signed if (read := kept(s, me))]
    gone_on = Carried.objects.filter(participation=me).select_related("agreement").order_by("at", "id")
    lines += [at(c.at, _("your name went on under version %d: nothing of yours was different in it") % c.agreement.version) for c in gone_on]
    lines += [at(s.at, _("the paper you signed was scanned in")) for s in Scan.objects.filter(participation=me).order_by("at", "id")]
    fits = Fit.objects.filter(participation=me).order_by("at", "id")
    lines += [at(fit.at, _("you said of a promise: %s") % fit.get_word_display()) for fit in fits]
    rests = Rest.objects.filter(participation=me).order_by("at", "id")
    lines += [at(rest.at, _("you wanted to sleep on it until %s") % on(rest.until)[0]) for rest in rests]
    said, away = Remark.objects.filter(signature__participation=me).order_by("at", "id"), _("you took away what you said under your name")
    lines += [at(one.at, _("under your name: %s") % hide(one.words) if one.words else away) for one in said]
    let = _("what you said under your name was let pass to everyone who reads the agreement")
    lines += [at(passed.at, let) for one in said.prefetch_related("lets") for passed in one.lets.all() if passed.passes]
    more = SpellingBack.objects.filter(participation=me).order_by("at", "id")
    lines += [at(one.at, _("you said that a correction was more than spelling")) for one in more]
    helped = Translation.objects.filter(interpreter=me).order_by("at", "id")
    lines += [at(one.at, _("you helped to put a promise into another language")) for one in helped]
    lines += [at(copy.at, _("your copy was made")) for copy in LastingCopy.objects.filter(participation=me).order_by("at", "id")]
    for version in Agreement.objects.filter(pk__in=[s.agreement_id for s in signed if not s.seen]).order_by("number", "version"):
        for item in read_by((version.words or {}).get("items", []), me):
            whose = _("you") if item.get("owners", [item["owner"]]) == [str(me.pk)] else hide(item["who"])
            wanted = [hide(words) for words in (item["what"], item["proof_wanted"], item.get("if_hard", "")) if words]
            lines.append(on(date.fromisoformat(item["due_on"]), "\n".join([f"{whose}: {wanted[0]}", *wanted[1:]])))
    return lines


def _seen(read: dict[str, Any], hide: Hide) -> str:
    told = [_("what you read: version %(n)d, %(language)s") % {"n": read["version"], "language": named(read["language"])}]
    for promise in read["promises"]:
        told += [f"{hide(promise['title'])}: {hide(words)}" for words in promise["words"]]
        put = promise.get("put")
        told += [put["note"], *(f"{put['label']}: {hide(words)}" for words in put["words"])] if put else []
    return "\n".join([*told, *filter(None, [read.get("others")]), *read["ticks"]])


def how_done(done: Consent | Signature) -> str:
    """As they are told it: their own page is yours to whoever reads this."""
    return _("on your own page") if done.method == "own" else str(done.get_method_display())
