from django.db import migrations

from setfair.core.walls import Definer

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
        SELECT i.owner_id AS id UNION SELECT s.participation_id FROM agreements_sharer s WHERE s.programme_id = i.programme_id AND s.item_id = i.id
    ) m
    JOIN cases_participation o ON o.programme_id = i.programme_id AND o.id = m.id AND o.left_at IS NULL
    WHERE a.stage = 'in_force' AND i.stage = 'promised'
      AND (i.due_on <= d.today + 3 OR i.parts > 1)
      AND (part.day BETWEEN d.today AND d.today + 3 OR (part.n = i.parts AND part.day < d.today))
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
                      || i.id
                      || coalesce('.' || nullif((
                        SELECT count(*) FROM agreements_extension e WHERE e.programme_id = i.programme_id AND e.item_id = i.id), 0), '')
                      || CASE WHEN part.n < i.parts THEN '-' || part.n ELSE '' END
                      || ':' || m.id)
    GROUP BY i.programme_id, i.id, i.due_on
    ORDER BY i.due_on LIMIT most
"""


class Migration(migrations.Migration):
    """Everyone who makes a promise is reminded of it, whoever else of them has left, and of each part of a payment before its day."""

    dependencies = [("agreements", "0024_seen_behind_the_wall")]

    operations = [Definer("promises_due(moment timestamptz, most integer)", "TABLE (programme_id uuid, item_id uuid)", DUE)]
