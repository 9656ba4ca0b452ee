from importlib import import_module

from django.db import migrations

from setfair.core.walls import Definer

BEFORE = import_module("setfair.agreements.migrations.0045_words_let_pass")
# What has no copy of the team's at all is found by the indexes alone. Of the others only what has come to be read since is worked out, and only
# for those in which anything was put right, put into another language or let pass. Nothing of that is ever taken off while it holds.
OPEN = BEFORE.DUE[BEFORE.DUE.index("AND (NOT EXISTS (") + 4 : BEFORE.DUE.index("LIMIT most")].strip()
DUE = """
    SELECT a.programme_id, a.id FROM agreements_agreement a
    JOIN seals_sealkey k ON k.programme_id = a.programme_id AND k.ended_at IS NULL
    WHERE a.stage = 'in_force' AND NOT EXISTS (
        SELECT FROM agreements_lastingcopy c
        WHERE c.programme_id = a.programme_id AND c.agreement_id = a.id AND c.participation_id IS NULL)
    UNION ALL
    SELECT a.programme_id, a.id FROM (
        SELECT i.programme_id, i.agreement_id FROM agreements_spelling s
        JOIN agreements_item i ON i.programme_id = s.programme_id AND i.id = s.item_id
        UNION SELECT i.programme_id, i.agreement_id FROM agreements_translation t
        JOIN agreements_item i ON i.programme_id = t.programme_id AND i.id = t.item_id
        UNION SELECT g.programme_id, g.agreement_id FROM agreements_remarklet l
        JOIN agreements_remark r ON r.programme_id = l.programme_id AND r.id = l.remark_id
        JOIN agreements_signature g ON g.programme_id = r.programme_id AND g.id = r.signature_id
    ) changed
    JOIN agreements_agreement a ON a.programme_id = changed.programme_id AND a.id = changed.agreement_id
    JOIN seals_sealkey k ON k.programme_id = a.programme_id AND k.ended_at IS NULL
    WHERE a.stage = 'in_force' AND EXISTS (
        SELECT FROM agreements_lastingcopy c
        WHERE c.programme_id = a.programme_id AND c.agreement_id = a.id AND c.participation_id IS NULL
    ) AND {open}
    LIMIT most
""".replace("{open}", OPEN)


class Migration(migrations.Migration):
    """Each minute only what has no copy, or in which something has come to be read since it was laid out, is asked for its copies."""

    dependencies = [("agreements", "0046_let_be")]

    operations = [Definer("copies_due(most integer)", "TABLE (programme_id uuid, agreement_id uuid)", DUE)]
