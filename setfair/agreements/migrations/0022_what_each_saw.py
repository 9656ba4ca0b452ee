from django.db import migrations

import setfair.vault.fields

SEEN = """
CREATE FUNCTION agreements_seen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $seen$
BEGIN
    RAISE EXCEPTION 'what they had before them is kept with the signature'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'signature_seen';
END $seen$
"""
KEPT = """
CREATE TRIGGER signature_seen BEFORE INSERT ON agreements_signature FOR EACH ROW
WHEN (NEW.seen IS NULL OR NEW.language = '') EXECUTE FUNCTION agreements_seen()
"""
GONE = "DROP TRIGGER signature_seen ON agreements_signature; DROP FUNCTION agreements_seen()"


class Migration(migrations.Migration):
    """What each person had before them is kept with their signature. Of those given before this only the digest and the language were kept."""

    dependencies = [("agreements", "0021_rests")]

    operations = [
        migrations.AddField(model_name="signature", name="seen", field=setfair.vault.fields.SealedJSON(of="case_id")),
        migrations.RunSQL([SEEN, KEPT], GONE),
    ]
