from importlib import import_module

from django.db import migrations

GUARDED = import_module("setfair.agreements.migrations.0013_guardians_sign")
SIGNING = import_module("setfair.agreements.migrations.0018_fits")
NOBODY_DECIDES = """OR EXISTS (
        SELECT FROM agreements_signer w
        JOIN cases_participation child ON child.programme_id = w.programme_id AND child.id = w.participation_id
        JOIN people_person young ON young.programme_id = child.programme_id AND young.id = child.person_id
        JOIN programmes_programme programme ON programme.id = child.programme_id
        WHERE w.programme_id = NEW.programme_id AND w.agreement_id = NEW.id AND child.left_at IS NULL
          AND w.round = (SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = NEW.programme_id AND l.agreement_id = NEW.id)
          AND child.role NOT IN ('guardian', 'interpreter', 'advocate', 'observer')
          AND CASE WHEN young.of_age_at IS NOT NULL THEN young.of_age_at > clock_timestamp()
              ELSE child.guardian_needed OR young.birth_year > extract(year FROM clock_timestamp()) - 18
                OR young.birth_year IS NULL AND programme.kind = 'school' AND child.role IN ('harmed', 'responsible') END
          AND NOT EXISTS (SELECT FROM preparation_noguardian n WHERE n.programme_id = child.programme_id AND n.participation_id = child.id)
          AND NOT EXISTS (
              SELECT FROM agreements_signature s
              JOIN cases_participation g ON g.programme_id = s.programme_id AND g.id = s.participation_id
              WHERE s.programme_id = child.programme_id AND s.agreement_id = NEW.id AND g.stands_by_id = child.id
                AND g.role = 'guardian' AND g.has_authority
          )
    ) """
BY_CLOCK = "ORDER BY c.at DESC, c.id DESC LIMIT 1"
BY_NUMBER = "ORDER BY c.number DESC LIMIT 1"


def _again(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    """Nothing holds while a young person under it has nobody who decides for them, though those who did may have left before they signed.

    Who came is read by the number of the mark, as everywhere: a clock that was set back between two marks changes nothing.
    """

    dependencies = [
        ("agreements", "0018_fits"),
        ("cases", "0024_stepped_out_default"),
        ("conferences", "0009_wishes"),
        ("people", "0006_turns_18"),
        ("preparation", "0003_no_guardian"),
        ("programmes", "0035_arrivals"),
    ]

    operations = [
        migrations.RunSQL(
            GUARDED.BEFORE.replace("{guardians}", GUARDED.GUARDIANS + NOBODY_DECIDES), GUARDED.BEFORE.replace("{guardians}", GUARDED.GUARDIANS)
        ),
        migrations.RunSQL(_again(SIGNING.OPEN).replace(BY_CLOCK, BY_NUMBER), _again(SIGNING.OPEN)),
    ]
