from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION keeping_is_held(its_case uuid, its_request uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $held$
    SELECT EXISTS (
        SELECT FROM keeping_legalhold h
        WHERE h.programme_id = nullif(current_setting('app.programme', true), '')::uuid
        AND (h.case_id = its_case OR h.referral_id = its_request)
        AND NOT EXISTS (SELECT FROM keeping_lifting u WHERE u.programme_id = h.programme_id AND u.hold_id = h.id)
    )
$held$
"""
WITH_ITS_REQUEST = """
CREATE OR REPLACE FUNCTION keeping_is_held(its_case uuid, its_request uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $held$
    SELECT EXISTS (
        SELECT FROM keeping_legalhold h
        WHERE h.programme_id = nullif(current_setting('app.programme', true), '')::uuid
        AND (
            h.case_id = its_case OR h.referral_id = its_request
            OR h.referral_id IN (SELECT c.referral_id FROM cases_case c WHERE c.programme_id = h.programme_id AND c.id = its_case)
        )
        AND NOT EXISTS (SELECT FROM keeping_lifting u WHERE u.programme_id = h.programme_id AND u.hold_id = h.id)
    )
$held$
"""


class Migration(migrations.Migration):
    """A legal hold on a request holds the case that came of it."""

    dependencies = [("keeping", "0003_askings"), ("cases", "0001_initial")]

    operations = [migrations.RunSQL([WITH_ITS_REQUEST], [BEFORE])]
