from importlib import import_module

from django.db import migrations

from setfair.core.walls import Definer

DUE = import_module("setfair.agreements.migrations.0025_everyone_reminded").DUE
SIGNING = import_module("setfair.agreements.migrations.0018_fits")
DECIDED = import_module("setfair.agreements.migrations.0019_somebody_decides")
CARRIED = import_module("setfair.agreements.migrations.0026_carried")
# A promise and what it was in the versions before, for as long as nobody put it in other words.
CHAIN = """
CREATE FUNCTION agreements_chain(of_programme uuid, of_item uuid) RETURNS TABLE (id uuid, back integer) LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $chain$
    WITH RECURSIVE chain AS (
        SELECT i.id, i.follows_id, i.edition, 0 AS back FROM agreements_item i WHERE i.programme_id = of_programme AND i.id = of_item
        UNION ALL
        SELECT was.id, was.follows_id, was.edition, chain.back + 1
        FROM chain JOIN agreements_item was ON was.programme_id = of_programme AND was.id = chain.follows_id WHERE chain.edition = 1
    )
    SELECT chain.id, chain.back FROM chain
$chain$
"""
ROOT = """
CREATE FUNCTION agreements_root(of_programme uuid, of_item uuid) RETURNS uuid LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $root$
    SELECT id FROM agreements_chain(of_programme, of_item) ORDER BY back DESC LIMIT 1
$root$
"""
# Under the version that holds the same promise was done or let go.
DONE = """
CREATE FUNCTION agreements_done_before(of_programme uuid, of_item uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $done$
    SELECT EXISTS (
        SELECT FROM agreements_chain(of_programme, of_item) chain
        JOIN agreements_item was ON was.programme_id = of_programme AND was.id = chain.id
        JOIN agreements_agreement a ON a.programme_id = was.programme_id AND a.id = was.agreement_id
        WHERE chain.back > 0 AND a.stage = 'in_force' AND was.stage IN ('kept', 'verified', 'waived', 'replaced', 'partly')
    )
$done$
"""
GONE = """
DROP FUNCTION agreements_done_before(uuid, uuid);
DROP FUNCTION agreements_root(uuid, uuid);
DROP FUNCTION agreements_chain(uuid, uuid)
"""
WILLING = import_module("setfair.agreements.migrations.0017_all_of_it").BARRED
MAKES = """            SELECT owner_id AS place FROM agreements_item
            WHERE programme_id = NEW.programme_id AND agreement_id = NEW.id AND owner_id IS NOT NULL
            UNION SELECT beside.participation_id FROM agreements_sharer beside
            JOIN agreements_item item ON item.programme_id = beside.programme_id AND item.id = beside.item_id
            WHERE item.programme_id = NEW.programme_id AND item.agreement_id = NEW.id
        ) makes WHERE 'yes'"""
# Who has left is bound by nothing that is done.
MAKES_STILL = """            SELECT owner_id AS place, id AS item FROM agreements_item
            WHERE programme_id = NEW.programme_id AND agreement_id = NEW.id AND owner_id IS NOT NULL
            UNION SELECT beside.participation_id, item.id FROM agreements_sharer beside
            JOIN agreements_item item ON item.programme_id = beside.programme_id AND item.id = beside.item_id
            WHERE item.programme_id = NEW.programme_id AND item.agreement_id = NEW.id
        ) makes JOIN cases_participation place ON place.programme_id = NEW.programme_id AND place.id = makes.place
        WHERE NOT (place.left_at IS NOT NULL AND agreements_done_before(NEW.programme_id, makes.item)) AND 'yes'"""
OPEN = CARRIED.OPEN.replace(CARRIED.ASKED, CARRIED.ASKED + " " * 18 + CARRIED.NOT_CARRIED)
WANTS = "said.word = 'change' OR"
# Whoever is asked to sign it as it was laid out last, or decides for one of them; where that was not written down, everybody.
WANTS_AND_SIGNS = """said.word = 'change' AND (
                p.id = NEW.participation_id
                OR NOT EXISTS (SELECT FROM agreements_signer l WHERE l.programme_id = NEW.programme_id AND l.agreement_id = NEW.agreement_id)
                OR EXISTS (
                    SELECT FROM agreements_signer w
                    WHERE w.programme_id = NEW.programme_id AND w.agreement_id = NEW.agreement_id
                      AND (w.participation_id = p.id OR p.role = 'guardian' AND p.has_authority AND w.participation_id = p.stands_by_id AND EXISTS (
                          SELECT FROM cases_participation child
                          JOIN people_person young ON young.programme_id = child.programme_id AND young.id = child.person_id
                          WHERE child.programme_id = p.programme_id AND child.id = p.stands_by_id AND child.left_at IS NULL
                            AND (young.of_age_at IS NULL OR young.of_age_at > clock_timestamp())))
                      AND w.round = (
                          SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = w.programme_id AND l.agreement_id = w.agreement_id)
                )
            ) OR"""


class Migration(migrations.Migration):
    """What was said of a promise once is not said again of the next version; what is done, and who signs no more, holds up nobody."""

    dependencies = [("agreements", "0028_no_stays_no"), ("cases", "0024_stepped_out_default"), ("people", "0006_turns_18")]

    operations = [
        migrations.RunSQL([CHAIN, ROOT, DONE], GONE),
        Definer(
            "promises_due(moment timestamptz, most integer)",
            "TABLE (programme_id uuid, item_id uuid)",
            DUE.replace("|| i.id\n", "|| agreements_root(i.programme_id, i.id)\n"),
        ),
        migrations.RunSQL(WILLING.replace(MAKES, MAKES_STILL), WILLING),
        migrations.RunSQL(OPEN.replace(WANTS, WANTS_AND_SIGNS), OPEN),
    ]
