"""The address of one's own days, for a calendar program that can neither sign in nor be asked anything."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import connection, transaction

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.vault.master import digest

from .models import Feed

PURPOSE = "calendar feed"


@transaction.atomic
def open_feed(*, by: Actor, titled: bool) -> str:
    """The token of a new address for whoever asks, told this once and never again. One that they had before ends."""
    end_feed(by=by)
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(user_id=by.id, digest=digest(PURPOSE, token), titled=titled)
    record("opened_feed", feed, by=by)
    return token


@transaction.atomic
def end_feed(*, by: Actor) -> None:
    """Take their own address back, if they have one: whoever asks there is told that it is gone."""
    for feed in Feed.objects.select_for_update(of=("self",)).filter(user=by.id, ended_at__isnull=True):
        feed.ended_at = clock.now()
        feed.save(update_fields=["ended_at"])
        record("ended_feed", feed, by=by)


def own_feed(user_id: UUID) -> Feed | None:
    """Of their address it can be told that there is one, since when, and how much it says."""
    return Feed.objects.filter(user=user_id, ended_at__isnull=True).first()


def feed_behind(token: str) -> tuple[UUID, UUID] | None:
    """Programme and feed, ids only, also of one that has ended. Works before any programme is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, feed_id FROM feed_by_digest(%s)", [digest(PURPOSE, token)])
        return cursor.fetchone()
