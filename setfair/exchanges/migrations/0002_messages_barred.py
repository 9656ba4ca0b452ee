from django.db import migrations

# What is carried from one to the other is a message: it asks what their orders say of messages, and not of meetings.
HELD = """
CREATE OR REPLACE FUNCTION exchanges_held() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $held$
DECLARE one uuid; other uuid;
BEGIN
    IF OLD.stage <> 'writing' AND (OLD.words, OLD.case_id, OLD.writer_id) IS DISTINCT FROM (NEW.words, NEW.case_id, NEW.writer_id) THEN
        RAISE EXCEPTION 'what was handed in stays as it is'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_words_stay';
    END IF;
    IF OLD.stage NOT IN ('given', 'writing') AND OLD.receiver_id IS DISTINCT FROM NEW.receiver_id THEN
        RAISE EXCEPTION 'whom it goes to was said before'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_receiver_stays';
    END IF;
    IF NEW.stage IN ('offered', 'delivered') AND OLD.stage <> NEW.stage THEN
        SELECT person_id INTO one FROM cases_participation WHERE programme_id = NEW.programme_id AND id = NEW.writer_id;
        SELECT person_id INTO other FROM cases_participation WHERE programme_id = NEW.programme_id AND id = NEW.receiver_id;
        IF EXISTS (
            SELECT FROM people_nocontact WHERE programme_id = NEW.programme_id AND ended_at IS NULL
            AND ((one_id = one AND other_id = other) OR (one_id = other AND other_id = one))
            AND people_barred_days(programme_id, id, 'message') @> daterange(current_date - 1, current_date + 1, '[]')
        ) THEN
            RAISE EXCEPTION 'they are kept apart'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_between_two_kept_apart';
        END IF;
        IF 'never' = (
            SELECT wants FROM exchanges_wanting WHERE programme_id = NEW.programme_id AND participation_id = NEW.receiver_id
            ORDER BY at DESC, id DESC LIMIT 1
        ) THEN
            RAISE EXCEPTION 'they want nothing from the others'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_is_wanted';
        END IF;
    END IF;
    RETURN NEW;
END $held$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION exchanges_held() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $held$
DECLARE one uuid; other uuid;
BEGIN
    IF OLD.stage <> 'writing' AND (OLD.words, OLD.case_id, OLD.writer_id) IS DISTINCT FROM (NEW.words, NEW.case_id, NEW.writer_id) THEN
        RAISE EXCEPTION 'what was handed in stays as it is'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_words_stay';
    END IF;
    IF OLD.stage NOT IN ('given', 'writing') AND OLD.receiver_id IS DISTINCT FROM NEW.receiver_id THEN
        RAISE EXCEPTION 'whom it goes to was said before'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_receiver_stays';
    END IF;
    IF NEW.stage IN ('offered', 'delivered') AND OLD.stage <> NEW.stage THEN
        SELECT person_id INTO one FROM cases_participation WHERE programme_id = NEW.programme_id AND id = NEW.writer_id;
        SELECT person_id INTO other FROM cases_participation WHERE programme_id = NEW.programme_id AND id = NEW.receiver_id;
        IF EXISTS (
            SELECT FROM people_nocontact WHERE programme_id = NEW.programme_id AND ended_at IS NULL
            AND ((one_id = one AND other_id = other) OR (one_id = other AND other_id = one))
        ) THEN
            RAISE EXCEPTION 'they are kept apart'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_between_two_kept_apart';
        END IF;
        IF 'never' = (
            SELECT wants FROM exchanges_wanting WHERE programme_id = NEW.programme_id AND participation_id = NEW.receiver_id
            ORDER BY at DESC, id DESC LIMIT 1
        ) THEN
            RAISE EXCEPTION 'they want nothing from the others'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'piece_is_wanted';
        END IF;
    END IF;
    RETURN NEW;
END $held$
"""


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0001_initial"), ("people", "0010_order_ends")]

    operations = [migrations.RunSQL(HELD, BEFORE)]
