from django.db import migrations

# Whose words they are is sealed with them: written by the customer, or taken down from them.
SEAL = """
CREATE OR REPLACE FUNCTION contacts_refuse_change_of_words() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.text IS DISTINCT FROM OLD.text OR NEW.sha256 IS DISTINCT FROM OLD.sha256
     OR NEW.sealed_at IS DISTINCT FROM OLD.sealed_at OR NEW.contact_id <> OLD.contact_id
     OR NEW.source IS DISTINCT FROM OLD.source THEN
    RAISE EXCEPTION 'words once sealed are never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0008_mailboxes")]

    operations = [migrations.RunSQL(SEAL, migrations.RunSQL.noop)]
