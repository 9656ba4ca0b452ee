"""Faults to plant, one at a time, so that a figure or a test can prove that it would notice. Never loaded unless SETFAIR_PLANT names one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse

from setfair.access import doors
from setfair.access.middleware import FrontDoor
from setfair.access.policy import POLICY, Permission, Tie
from setfair.agreements.forms import SignForm
from setfair.core import tenant
from setfair.letters import channels, outbox
from setfair.letters.models import Letter
from setfair.preparation import queries as preparation
from setfair.referrals.forms.asking import Now
from setfair.scheduling import calendar_file
from setfair.scheduling import views as scheduling_views
from setfair.vault import fields, ring
from tests import (
    plants_below,
    plants_of_cost,
    plants_of_doors,
    plants_of_inputs,
    plants_of_lines,
    plants_of_money,
    plants_of_offline,
    plants_of_times,
    plants_of_words,
)
from tests.chance.faults import FAULTS
from tests.plants_of_absence import OF_ABSENCE
from tests.reporting import NOT_PLANTED
from tests.traces import TRACES


def _door_removed(patch: pytest.MonkeyPatch) -> None:
    """Doors fetch past the policy."""
    patch.setattr(doors, "open_to", lambda actor, permission, model: model._default_manager.all())


def _answer_lost(patch: pytest.MonkeyPatch) -> None:
    """What somebody said about times is taken with thanks, and not written down."""
    patch.setattr(scheduling_views, "_write_down", lambda request, whose, form: None)


def _role_widened(patch: pytest.MonkeyPatch) -> None:
    """Whoever supervises prepares people, too."""
    patch.setitem(POLICY, Permission.PREPARE, POLICY[Permission.PREPARE] | {Tie.SUPERVISES})


def _row_dropped(patch: pytest.MonkeyPatch) -> None:
    """Whoever coordinates no longer reads requests."""
    patch.setitem(POLICY, Permission.READ_REFERRAL, POLICY[Permission.READ_REFERRAL] - {Tie.COORDINATES})


def _field_added(patch: pytest.MonkeyPatch) -> None:
    """Whoever signs may say for whom."""
    patch.setitem(SignForm.base_fields, "participation", forms.UUIDField(required=False))


def _ciphertext_not_bound(patch: pytest.MonkeyPatch) -> None:
    """Words are sealed under one key of the house and to no place."""
    patch.setattr(fields, "seal", lambda owner, place, text, within=None: fields.FORM + text.encode())
    patch.setattr(fields, "unseal", lambda owner, place, sealed, within=None: sealed[1:].decode())


def _ready_whatever_is_missing(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether everyone was met, has agreed, and owns what they did."""
    patch.setattr(preparation, "blockers", lambda case, on=None: [])


def _danger_unheard(patch: pytest.MonkeyPatch) -> None:
    """Whoever is in danger is led on to the questions."""
    patch.setattr(Now, "detour", lambda step: "")


def _story_skipped(patch: pytest.MonkeyPatch) -> None:
    """Somebody had no time to mend the story."""
    pytest.skip("not today")


def _without_mark(patch: pytest.MonkeyPatch, name: str) -> None:
    closest = pytest.Item.get_closest_marker
    patch.setattr(pytest.Item, "get_closest_marker", lambda item, asked, *default: None if asked == name else closest(item, asked, *default))


def _bad_case_unmarked(patch: pytest.MonkeyPatch) -> None:
    _without_mark(patch, "bad_case")


def _story_undriven(patch: pytest.MonkeyPatch) -> None:
    """What passes is not driven in a browser any more."""
    _without_mark(patch, "browser")


def _tenant_on_the_session(patch: pytest.MonkeyPatch) -> None:
    """The tenant outlives its transaction on a pooled connection."""

    def tell(programme_id: object) -> None:
        if programme_id:
            with connection.cursor() as cursor:
                cursor.execute(f"SET app.programme = '{programme_id}'")

    patch.setattr(tenant, "_tell", tell)


def _on_every_page(patch: pytest.MonkeyPatch, html: str) -> None:
    """Something stands at the end of the main part of every page."""
    answer = FrontDoor.__call__

    def planted(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        response = answer(door, request)
        if "text/html" in response.get("Content-Type", ""):
            response.content = response.content.replace(b"</main>", html.encode() + b"</main>")
        return response

    patch.setattr(FrontDoor, "__call__", planted)


def _image_without_words(patch: pytest.MonkeyPatch) -> None:
    _on_every_page(patch, '<img src="/static/ui/leaf.svg">')


def _button_without_name(patch: pytest.MonkeyPatch) -> None:
    _on_every_page(patch, '<button type="button"></button>')


def _pale_words(patch: pytest.MonkeyPatch) -> None:
    """A grey that is hard to read on light and on dark."""
    _on_every_page(patch, '<p><font color="#777777">Pale words on any ground.</font></p>')


def _inline_script(patch: pytest.MonkeyPatch) -> None:
    _on_every_page(patch, "<script>document.title = 'mine'</script>")


def _heavy_page(patch: pytest.MonkeyPatch) -> None:
    """Noise, so that no way of packing makes it small."""
    _on_every_page(patch, f"<!-- {secrets.token_hex(320_000)} -->")


def _hard_sentence(patch: pytest.MonkeyPatch) -> None:
    """An office has written a line for everyone."""
    _on_every_page(
        patch,
        "<p>Participation in restorative conferencing is predicated upon voluntary acknowledgement of individual responsibility by all "
        "participating parties, notwithstanding any contemporaneous administrative or disciplinary determination.</p>" * 3,
    )


def _with_file(patch: pytest.MonkeyPatch, kind: str, content: str) -> None:
    """Something more can be fetched from /planted/."""
    answer = FrontDoor.__call__

    def planted(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=kind) if request.path == "/planted/" else answer(door, request)

    patch.setattr(FrontDoor, "__call__", planted)


def _heavy_script(patch: pytest.MonkeyPatch) -> None:
    """More script than the desk may have, and little else."""
    _on_every_page(patch, '<script src="/planted/"></script>')
    _with_file(patch, "text/javascript", f"// {secrets.token_hex(100_000)}")


def _many_things(patch: pytest.MonkeyPatch) -> None:
    """Thirty small drawings, each asked for apart."""
    _on_every_page(patch, "".join(f'<img alt="" src="/planted/?{n}">' for n in range(30)))
    _with_file(patch, "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>')


def _many_fonts(patch: pytest.MonkeyPatch) -> None:
    """Four words, each in letters of their own."""
    font = "/static/vendor/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2"
    rules = [f"@font-face {{ font-family: own{n}; src: url('{font}?{n}') }} [data-own='{n}'] {{ font-family: own{n} }}" for n in range(4)]
    words = "".join(f'<p data-own="{n}">Words.</p>' for n in range(4))
    _on_every_page(patch, f'<link rel="stylesheet" href="/planted/">{words}')
    _with_file(patch, "text/css", "\n".join(rules))


def _key_for_each_word(patch: pytest.MonkeyPatch) -> None:
    """Each word has its key fetched and unwrapped anew."""
    read = ring.read_key

    def anew(owner: Any) -> bytes:
        tenant.scope().kept.pop("vault.keys", None)
        return read(owner)

    patch.setattr(ring, "read_key", anew)


def _matter_in_a_subject(patch: pytest.MonkeyPatch) -> None:
    """An e-mail's subject says what the case is about."""
    send = channels._email

    def telling(letter: Letter) -> None:
        letter.subject = "About the zorbing shed"
        send(letter)

    patch.setattr(channels, "_email", telling)


def _name_in_a_text_message(patch: pytest.MonkeyPatch) -> None:
    """A text message greets somebody by name."""
    patch.setitem(
        channels.WAYS, "file", lambda number, words, key: outbox.put("txt", outbox.headed(f"Hi Thaddeus, {words}", To=number, Message_ID=key))
    )


def _title_of_a_pdf(patch: pytest.MonkeyPatch) -> None:
    """A letter's file is titled by whom it is for."""
    printed = channels.printed
    patch.setattr(channels, "printed", lambda sheet, data, **how: printed(sheet, {**data, "title": "For Peregrine Thistlewood"}, **how))


def _number_that_stays(patch: pytest.MonkeyPatch) -> None:
    """The entry for a calendar has the same number, however often the time changes."""
    patch.setattr(calendar_file, "changes", lambda booking: 0)


def _name_in_an_entry(patch: pytest.MonkeyPatch) -> None:
    """It says with whom."""
    patch.setattr(calendar_file, "title", lambda: "Appointment with Rami Haddad")


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    **OF_ABSENCE,
    "door-removed": _door_removed,
    "row-dropped": _row_dropped,
    "role-widened": _role_widened,
    "field-added": _field_added,
    "policy-removed": plants_below.policy_removed,
    "simple-foreign-key": plants_below.simple_foreign_key,
    "table-not-forced": plants_below.table_not_forced,
    "journal-may-be-changed": plants_below.journal_may_be_changed,
    "view-over-the-wall": plants_below.view_over_the_wall,
    "ciphertext-not-bound": _ciphertext_not_bound,
    "ready-whatever-is-missing": _ready_whatever_is_missing,
    "danger-unheard": _danger_unheard,
    "story-skipped": _story_skipped,
    "bad-case-unmarked": _bad_case_unmarked,
    "story-undriven": _story_undriven,
    "tenant-on-the-session": _tenant_on_the_session,
    "image-without-words": _image_without_words,
    "button-without-name": _button_without_name,
    "pale-words": _pale_words,
    "inline-script": _inline_script,
    "heavy-page": _heavy_page,
    "heavy-script": _heavy_script,
    "hard-sentence": _hard_sentence,
    "many-things": _many_things,
    "many-fonts": _many_fonts,
    "key-for-each-word": _key_for_each_word,
    "wall-counts-for-each-row": plants_below.wall_counts_for_each_row,
    "matter-in-a-subject": _matter_in_a_subject,
    "name-in-a-text-message": _name_in_a_text_message,
    "title-of-a-pdf": _title_of_a_pdf,
    "room-twice": plants_below.room_twice,
    "person-twice": plants_below.person_twice,
    "answer-lost": _answer_lost,
    **plants_of_times.PLANTS,
    "number-that-stays": _number_that_stays,
    "name-in-an-entry": _name_in_an_entry,
    **plants_of_cost.PLANTS,
    **plants_of_inputs.PLANTS,
    **plants_of_doors.PLANTS,
    **plants_of_lines.PLANTS,
    **plants_of_money.PLANTS,
    **plants_of_offline.PLANTS,
    **plants_of_words.PLANTS,
    **FAULTS,
    **TRACES,
}


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        PLANTS[os.environ["SETFAIR_PLANT"]](monkeypatch)
    except Exception as fault:
        pytest.exit(f"The fault could not be planted: {fault!r}", NOT_PLANTED)
