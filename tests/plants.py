"""Faults to plant, one at a time, so that a figure or a test can prove that it would notice. Never loaded unless SETFAIR_PLANT names one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable

import pytest
from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse

from setfair.access import doors
from setfair.access.middleware import FrontDoor
from setfair.access.policy import POLICY, Permission, Tie
from setfair.agreements.forms import SignForm
from setfair.core import tenant
from setfair.desk import rows
from setfair.preparation import actions as preparation
from tests import pgcluster


def _door_removed(patch: pytest.MonkeyPatch) -> None:
    """Doors fetch past the policy."""
    patch.setattr(doors, "open_to", lambda actor, permission, model: model._default_manager.all())


def _role_widened(patch: pytest.MonkeyPatch) -> None:
    """Whoever supervises prepares people, too."""
    patch.setitem(POLICY, Permission.PREPARE, POLICY[Permission.PREPARE] | {Tie.SUPERVISES})


def _row_dropped(patch: pytest.MonkeyPatch) -> None:
    """Whoever coordinates no longer reads requests."""
    patch.setitem(POLICY, Permission.READ_REFERRAL, POLICY[Permission.READ_REFERRAL] - {Tie.COORDINATES})


def _field_added(patch: pytest.MonkeyPatch) -> None:
    """Whoever signs may say for whom."""
    patch.setitem(SignForm.base_fields, "participation", forms.UUIDField(required=False))


def _policy_removed(patch: pytest.MonkeyPatch) -> None:
    """The wall round people has a gap."""
    _below("DROP POLICY IF EXISTS own_programme ON people_person")
    _below("CREATE POLICY own_programme ON people_person TO setfair_app USING (true) WITH CHECK (true)")


def _simple_foreign_key(patch: pytest.MonkeyPatch) -> None:
    """A way to reach somebody hangs under a person by the person alone, whoever's programme that is of."""
    _below("ALTER TABLE people_person DROP CONSTRAINT IF EXISTS simple CASCADE, ADD CONSTRAINT simple UNIQUE (id)")
    _below(
        """DO $$ DECLARE k text; BEGIN
             FOR k IN SELECT conname FROM pg_constraint WHERE conrelid = 'people_contact'::regclass AND confrelid = 'people_person'::regclass
             LOOP EXECUTE format('ALTER TABLE people_contact DROP CONSTRAINT %I', k); END LOOP;
           END $$"""
    )
    _below("ALTER TABLE people_contact ADD CONSTRAINT simple_person FOREIGN KEY (person_id) REFERENCES people_person (id)")


def _below(statement: str) -> None:
    """Said to the database by its owner's owner, as a careless hand would."""
    with pgcluster.superuser(pgcluster.clone_name()) as server:
        server.execute("SET lock_timeout = '5s'")
        server.execute(statement)


def _ready_without_consent(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether everyone has agreed."""
    patch.setattr(preparation.queries, "blockers", lambda case, on=None: [])


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
    _on_every_page(patch, f"<!-- {secrets.token_hex(90_000)} -->")


def _query_for_each_row(patch: pytest.MonkeyPatch) -> None:
    """Each line of the case list asks the database once more whether its case is there."""
    told = rows.CaseRow.told

    def asked(row: rows.CaseRow) -> dict[str, object]:
        rows.Case.objects.filter(pk=row.case["id"]).exists()
        return told(row)

    patch.setattr(rows.CaseRow, "told", asked)


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "door-removed": _door_removed,
    "row-dropped": _row_dropped,
    "role-widened": _role_widened,
    "field-added": _field_added,
    "policy-removed": _policy_removed,
    "simple-foreign-key": _simple_foreign_key,
    "ready-without-consent": _ready_without_consent,
    "tenant-on-the-session": _tenant_on_the_session,
    "image-without-words": _image_without_words,
    "button-without-name": _button_without_name,
    "pale-words": _pale_words,
    "inline-script": _inline_script,
    "heavy-page": _heavy_page,
    "query-for-each-row": _query_for_each_row,
}


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTS[os.environ["SETFAIR_PLANT"]](monkeypatch)
