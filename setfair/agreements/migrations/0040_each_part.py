from django.db import migrations

from setfair.core.walls import Definer

# The day of a part that passed last, or is today; of a promise without parts its own day once it has come.
PASSED = """
CREATE FUNCTION agreements_part_passed(due_on date, parts integer, weeks integer, today date) RETURNS date LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN today >= due_on THEN due_on
    WHEN today < due_on - 7 * weeks * (parts - 1) THEN NULL
    ELSE due_on - 7 * weeks * (parts - 1) + 7 * weeks * ((today - (due_on - 7 * weeks * (parts - 1))) / (7 * weeks))
END
"""
NOT_PASSED = "DROP FUNCTION agreements_part_passed(date, integer, integer, date)"
DUE = """
    SELECT i.programme_id, i.id
    FROM agreements_item i
    JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
    JOIN programmes_programme p ON p.id = i.programme_id
    CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE p.zone)::date AS today) d
    CROSS JOIN LATERAL (
        SELECT n, i.due_on - 7 * i.weeks * (i.parts - n) AS day FROM generate_series(1, i.parts) n
    ) part
    CROSS JOIN LATERAL (
        SELECT o.id FROM cases_participation o
        WHERE o.programme_id = i.programme_id AND o.left_at IS NULL AND (o.id = i.owner_id OR o.id IN (
            SELECT s.participation_id FROM agreements_sharer s WHERE s.programme_id = i.programme_id AND s.item_id = i.id))
        UNION
        SELECT w.user_id FROM programmes_membership w
        WHERE w.programme_id = i.programme_id AND w.user_id = i.answers AND w.ended_at IS NULL
    ) m
    WHERE a.stage = 'in_force' AND i.stage = 'promised'
      AND (i.due_on <= d.today + 3 OR i.parts > 1)
      AND (part.day BETWEEN d.today AND d.today + 3 OR (part.day < d.today AND (part.n = i.parts OR (
        part.day + 7 * i.weeks > d.today AND NOT EXISTS (
            SELECT FROM agreements_evidence e
            WHERE e.programme_id = i.programme_id AND e.item_id IN (SELECT id FROM agreements_chain(i.programme_id, i.id))
              AND (e.at AT TIME ZONE p.zone)::date >= part.day)))))
      AND extract(hour FROM moment AT TIME ZONE p.zone) BETWEEN 8 AND 19
      AND NOT EXISTS (
        SELECT FROM cases_hold h WHERE h.programme_id = i.programme_id AND h.case_id = i.case_id AND h.lifted_at IS NULL)
      AND NOT EXISTS (
        SELECT FROM preparation_consent c
        WHERE c.programme_id = i.programme_id AND c.participation_id = m.id AND c.scope = 'take_part' AND c.answer IN ('no', 'withdrawn')
          AND (c.giver_id = m.id OR EXISTS (
            SELECT FROM cases_participation g
            WHERE g.programme_id = c.programme_id AND g.id = c.giver_id AND g.stands_by_id = m.id AND g.has_authority AND g.left_at IS NULL))
          AND NOT EXISTS (
            SELECT FROM preparation_consent later
            WHERE later.programme_id = c.programme_id AND later.participation_id = c.participation_id AND later.giver_id = c.giver_id
              AND later.scope = c.scope AND (later.at, later.id) > (c.at, c.id)))
      AND NOT EXISTS (
        SELECT FROM letters_letter l
        WHERE l.programme_id = i.programme_id
          AND l.key = CASE WHEN part.day < d.today THEN 'promise_past:' ELSE 'promise_soon:' END
                      || agreements_root(i.programme_id, i.id)
                      || coalesce('.' || nullif((
                        SELECT count(*) FROM agreements_extension e WHERE e.programme_id = i.programme_id AND e.item_id = i.id), 0), '')
                      || CASE WHEN part.n < i.parts THEN '-' || part.n ELSE '' END
                      || ':' || m.id)
    GROUP BY i.programme_id, i.id, i.due_on
    ORDER BY i.due_on LIMIT most
"""


class Migration(migrations.Migration):
    """Each part of a payment is asked about after its day, and whoever answers for what a body promised is reminded like anybody."""

    dependencies = [("agreements", "0036_in_another_language")]

    operations = [
        migrations.RunSQL(PASSED, NOT_PASSED),
        Definer("promises_due(moment timestamptz, most integer)", "TABLE (programme_id uuid, item_id uuid)", DUE),
    ]
