from django.db import migrations, models

import setfair.core.records

STANDS = """
CREATE FUNCTION preparation_no_for(programme uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $for$
    SELECT EXISTS (
        SELECT FROM cases_participation child
        JOIN cases_participation g ON g.programme_id = child.programme_id AND g.stands_by_id = child.id AND g.has_authority AND g.left_at IS NULL
        JOIN cases_case c ON c.programme_id = child.programme_id AND c.id = child.case_id AND c.stage <> 'closed'
        JOIN people_person p ON p.programme_id = child.programme_id AND p.id = child.person_id AND (p.of_age_at IS NULL OR p.of_age_at > now())
        WHERE child.programme_id = programme AND child.person_id = person AND child.left_at IS NULL
          AND (
              SELECT said.answer FROM preparation_consent said
              WHERE said.programme_id = child.programme_id AND said.participation_id = child.id AND said.giver_id = g.id
                AND said.scope = 'take_part'
              ORDER BY said.at DESC, said.id DESC LIMIT 1
          ) <> 'yes'
          AND NOT EXISTS (SELECT FROM preparation_sayanswered s WHERE s.programme_id = g.programme_id AND s.participation_id = g.id AND s.taken)
    )
$for$
"""
YEAR = """
CREATE FUNCTION preparation_year_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $year$
DECLARE this_year integer := extract(year FROM now());
BEGIN
    IF (OLD.birth_year IS NULL OR this_year - OLD.birth_year <= 18)
        AND (CASE WHEN OLD.birth_year IS NULL THEN NEW.birth_year < this_year - 18 ELSE NEW.birth_year IS NULL OR NEW.birth_year < OLD.birth_year END)
        AND preparation_no_for(OLD.programme_id, OLD.id)
    THEN
        RAISE EXCEPTION 'a no stands until a second person has looked at how old they are'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'no_stands_by_age';
    END IF;
    RETURN NEW;
END $year$
"""
OLDER = """
CREATE TRIGGER no_stands_by_age BEFORE UPDATE ON people_person FOR EACH ROW
WHEN (NEW.birth_year IS DISTINCT FROM OLD.birth_year) EXECUTE FUNCTION preparation_year_stands()
"""
NEEDED = """
CREATE FUNCTION preparation_need_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $need$
BEGIN
    IF preparation_no_for(OLD.programme_id, OLD.person_id) AND NOT EXISTS (
        SELECT FROM people_person p
        WHERE p.programme_id = OLD.programme_id AND p.id = OLD.person_id AND extract(year FROM now()) - p.birth_year <= 18
    ) THEN
        RAISE EXCEPTION 'a no stands until a second person has looked at whether a guardian is needed'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'no_stands_by_need';
    END IF;
    RETURN NEW;
END $need$
"""
UNTICKED = """
CREATE TRIGGER no_stands_by_need BEFORE UPDATE ON cases_participation FOR EACH ROW
WHEN (OLD.guardian_needed AND NOT NEW.guardian_needed AND OLD.left_at IS NULL) EXECUTE FUNCTION preparation_need_stands()
"""
GONE = """
DROP TRIGGER no_stands_by_need ON cases_participation;
DROP TRIGGER no_stands_by_age ON people_person;
DROP FUNCTION preparation_need_stands();
DROP FUNCTION preparation_year_stands();
DROP FUNCTION preparation_no_for(uuid, uuid)
"""


class Migration(migrations.Migration):
    """A parent's or guardian's no is not made void by one person who writes the young person down as older, or as needing nobody's yes."""

    dependencies = [("preparation", "0027_says"), ("cases", "0019_agree_apart"), ("people", "0016_way_in_custody")]

    operations = [
        migrations.RemoveConstraint("saydoubted", "preparation_saydoubted_why_known"),
        migrations.AlterField(
            "saydoubted",
            "why",
            models.CharField(
                choices=[
                    ("paper", "a paper of a court or an office shows that they do not decide"),
                    ("told", "an office told us so"),
                    ("mistake", "we wrote it down wrongly"),
                    ("age", "the young person is 18 or older; the year of birth is wrong"),
                ],
                max_length=7,
                verbose_name="why",
            ),
        ),
        migrations.AddConstraint(
            "saydoubted",
            setfair.core.records.Kept(condition=models.Q(("why__in", ["age", "mistake", "paper", "told"])), name="preparation_saydoubted_why_known"),
        ),
        migrations.RunSQL([STANDS, YEAR, OLDER, NEEDED, UNTICKED], GONE),
    ]
