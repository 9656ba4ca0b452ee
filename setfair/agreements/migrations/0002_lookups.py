from django.db import migrations

from setfair.core.walls import Definer


class Migration(migrations.Migration):
    """The worker looks over the wall for promises that want a kind word, takes ids, and then works inside one programme at a time.

    From three days before the date, by the programme's own clock and only by day;
    each occasion once, and never while the case rests.
    """

    dependencies = [
        ("agreements", "0001_initial"),
        ("cases", "0001_initial"),
        ("letters", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        Definer(
            "promises_due(moment timestamptz, most integer)",
            "TABLE (programme_id uuid, item_id uuid)",
            """
            SELECT i.programme_id, i.id
            FROM agreements_item i
            JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
            JOIN programmes_programme p ON p.id = i.programme_id
            WHERE a.stage = 'in_force' AND i.stage = 'promised'
              AND i.due_on <= (moment AT TIME ZONE p.zone)::date + 3
              AND extract(hour FROM moment AT TIME ZONE p.zone) BETWEEN 8 AND 19
              AND NOT EXISTS (
                SELECT FROM cases_hold h WHERE h.programme_id = i.programme_id AND h.case_id = i.case_id AND h.lifted_at IS NULL)
              AND NOT EXISTS (
                SELECT FROM letters_letter l
                WHERE l.programme_id = i.programme_id
                  AND l.key = CASE WHEN i.due_on < (moment AT TIME ZONE p.zone)::date THEN 'promise_past:' ELSE 'promise_soon:' END
                              || i.id || ':' || i.owner_id)
            ORDER BY i.due_on LIMIT most
            """,
        ),
    ]
