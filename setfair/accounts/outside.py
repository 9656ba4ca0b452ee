"""Messages to an account that belongs to no programme, and so has no outbox: left to the worker, sealed, as every other letter is."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

from django.core.mail import EmailMessage
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.types.json import Jsonb

from setfair.vault import master

SEND = "setfair.accounts.tasks.send_outside"


def leave(message: EmailMessage) -> None:
    """The page answers before any post office does, and the same when none does: nobody can tell by that who has an account."""
    said = json.dumps([message.to, message.subject, str(message.body)])
    app.configure_task(SEND).defer(sealed=_sealed(said.encode()))


def send(sealed: str) -> None:
    to, subject, body = json.loads(_opened(sealed))
    EmailMessage(subject=subject, body=body, to=to, headers={"Auto-Submitted": "auto-generated"}).send()


def seal_anew() -> None:
    """What waits for the worker, under the newest master key."""
    waiting = ProcrastinateJob.objects.filter(task_name=SEND, status="todo")
    with transaction.atomic(), connection.cursor() as cursor:
        for number, args in waiting.values_list("id", "args"):
            said = {"sealed": _sealed(_opened(args["sealed"]))}
            cursor.execute("UPDATE procrastinate_jobs SET args = args || %s WHERE id = %s AND status = 'todo'", [Jsonb(said), number])


def _sealed(words: bytes) -> str:
    return b64encode(master.sealed("message of an account", words)).decode()


def _opened(sealed: str) -> bytes:
    return master.unsealed("message of an account", b64decode(sealed))
