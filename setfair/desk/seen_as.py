"""What somebody else sees, drawn by their own pages.

The real view is asked, as them, through its own door; there is no second copy of a
page. Whatever it wrote while it was drawn is taken back, and of the page nothing can
be sent: its forms are out of reach, its scripts are gone, and the browser is told
that it may send no form.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation

from setfair.access.entry import Entry
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Assignment, Case
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Membership, Role
from setfair.programmes.speaking import spoken

THEIR_PAGES = {
    Kind.PARTICIPANT: frozenset(
        "home choice choice_agree choice_said choice_child choice_child_agree choice_child_said my_say stop stop_child watch questions times "
        "my_notes my_agreement my_no my_files my_contact my_contact_way my_times_as my_zone proof my_yes my_shared looked looked_child part hopes "
        "paid owed still my_sheet my_circle own_offer own_no_longer my_news".split()
    ),
    Kind.REFERRER: frozenset({"status"}),
    Kind.STAFF: frozenset({"conference", "script_page"}),
}
NOT_OPENED = frozenset(
    "complain status_complain way_back meeting_file my_paper my_file my_card my_sheet_paper proof_file proof_file_send proof_file_again "
    "my_exchange my_writing my_piece piece_here own_record own_copy own_copy_file status_record status_copy status_copy_file "
    "status_change status_enclose office office_csv own_words my_companions my_stand_in for_another own_free "
    "helpers my_circle_live".split()
)
"""Not for the team, or not for all of it: a word past them, a code, files people save for themselves, what they ask of their record, what they
write to each other or for themselves, whom they would like beside them, who speaks for them and in which words, when they are free at all,
whom of the team they know, and what an office changes, adds or finds of all that it sent."""
EVERYWHERE = frozenset({"today", "cases"})
"""Pages of a member of the team that show more than one case: only for whoever may open every case of theirs."""

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
ANCHOR = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
FORM = re.compile(r"<form\b")
SENT_TO = re.compile(r'(<form\b[^>]*?)\s+action="[^"]*"')
GONE = re.compile(
    r'<script\b.*?</script>|<a class="skip".*?</a>|<meta http-equiv="refresh"[^>]*>|<input type="hidden" name="(?:csrfmiddlewaretoken|stay)"[^>]*>',
    re.S,
)
BODY = re.compile(r"(<body\b[^>]*>)")


def seen_as(request: HttpRequest, actor: Actor, user: Any, address: str, *, case: UUID, language: str, more: frozenset[str] = frozenset()) -> str:
    """The page at `address` as this actor gets it, to be looked at.

    `Http404` where they get none, where it is not opened this way, or where what it names is not of this case.
    """
    pages = THEIR_PAGES[actor.kind] | more
    path, _mark, query = address.partition("?")
    match = _match(path)
    if match is None or match.url_name not in pages or not _is_of(case, match):
        raise Http404
    looking = _as_them(request, actor, user, path, query, match)
    with transaction.atomic():
        with translation.override(spoken(language)):
            answer = match.func(looking, *match.args, **match.kwargs)
        transaction.set_rollback(True)
    if answer.status_code in (301, 302) and answer["Location"].partition("?")[0] != path:
        return seen_as(request, actor, user, answer["Location"], case=case, language=language, more=more)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        raise Http404
    return _out_of_reach(answer.content.decode(), pages)


def as_helper(assignment: Assignment) -> Actor:
    """Whoever helps to lead, with this part of theirs and with no other role; with none once it has ended."""
    part = Role.STUDENT if assignment.part == Assignment.Part.STUDENT else Role.FACILITATOR
    roles = frozenset({str(part)}) if assignment.ended_at is None else frozenset[str]()
    return Actor(Kind.STAFF, assignment.programme_id, assignment.facilitator.user_id, roles)


def beyond_this_case(actor: Actor, viewer: Actor) -> frozenset[str]:
    """The pages that show all their cases, where the viewer may open each of these; none for whoever has a role that shows more."""
    theirs = Assignment.objects.filter(facilitator__user=actor.id, ended_at__isnull=True)
    held = Membership.objects.filter(user=actor.id, ended_at__isnull=True).exclude(role__in=(Role.FACILITATOR, Role.STUDENT))
    unseen = theirs.exclude(case__in=open_to(viewer, Permission.OPEN_CASE, Case).values("pk"))
    return EVERYWHERE if not held.exists() and not unseen.exists() else frozenset()


def with_banner(page: str, name: str, back: str) -> HttpResponse:
    """The page under a line that says as whom it is seen, in the language of whoever looks."""
    banner = render_to_string("desk/seen_as_banner.html", {"name": name, "back": back})
    answer = HttpResponse(BODY.sub(lambda found: found[1] + banner, page, count=1))
    answer["Content-Security-Policy"] = POLICY
    return answer


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _is_of(case: UUID, match: ResolverMatch) -> bool:
    """Whether the row that the address names belongs to this case. An address that names none shows what is of whoever opens it."""
    named = {key: value for key, value in match.kwargs.items() if key in ("pk", "ref")}
    row: Any = match.func.door[1].objects.filter(**named).first() if named else None  # type: ignore[attr-defined]
    return not named or (row is not None and row.case_key() == case)


def _as_them(request: HttpRequest, actor: Actor, user: Any, path: str, query: str, match: ResolverMatch) -> Any:
    """A request of theirs that holds nothing of whoever looks: no session, no cookie, no message, no form."""
    looking: Any = copy(request)
    looking.method, looking.path, looking.path_info, looking.resolver_match = "GET", path, path, match
    looking.GET, looking.POST, looking.COOKIES, looking.session, looking._messages = QueryDict(query), QueryDict(), {}, {}, []
    looking.META = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": request.META.get("REMOTE_ADDR", "")}
    looking.actor, looking.user = actor, user or AnonymousUser()
    looking.entry = Entry(actor, (actor.programme_id,) if actor.programme_id else ())
    return looking


def _out_of_reach(page: str, pages: frozenset[str]) -> str:
    """Nothing on it can be sent, and its links lead only to what can be seen the same way."""

    def led(found: re.Match[str]) -> str:
        if found[2].startswith("#"):
            return found[0]
        match = _match(found[2].partition("?")[0])
        there = f"?{urlencode({'at': found[2].replace('&amp;', '&')})}" if match is not None and match.url_name in pages else "#"
        return f"{found[1]}{there}{found[3]}"

    return FORM.sub("<form inert", SENT_TO.sub(r"\1", ANCHOR.sub(led, GONE.sub("", page))))
