from __future__ import annotations

from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """The clock is told which alarms are due, and no longer the oldest that nobody heard: those would stand before one of today.

    `alarms_unheard` stays for a worker of the version before, which may run while this one comes up.
    """

    dependencies = [("programmes", "0017_alarm"), ("safety", "0002_heard")]

    operations = [
        Definer(
            "alarms_due(asked timestamptz, then_after interval, each interval, hurry integer, most integer)",
            "TABLE (programme_id uuid, alarm_id uuid)",
            """
            WITH unheard AS (
                SELECT a.programme_id, a.id, a.at, a.at + p.escalate_minutes * interval '1 minute' AS first, (
                    SELECT COALESCE(max(t.round), 0) + 1 FROM safety_told t WHERE t.programme_id = a.programme_id AND t.alarm_id = a.id
                ) AS next
                FROM safety_alarm a JOIN programmes_programme p ON p.id = a.programme_id
                WHERE NOT EXISTS (SELECT FROM safety_heard h WHERE h.programme_id = a.programme_id AND h.alarm_id = a.id)
            ), begun AS (
                SELECT u.programme_id, u.id, u.at, CASE WHEN u.next = 1 THEN u.first
                    ELSE u.first + then_after + each * (LEAST(u.next, hurry) - 2) + interval '1 day' * (u.next - LEAST(u.next, hurry)) END AS begins
                FROM unheard u
            )
            SELECT b.programme_id, b.id FROM begun b WHERE b.begins <= asked ORDER BY b.at DESC, b.id LIMIT most
            """,
        ),
    ]
