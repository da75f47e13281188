from django.db import migrations

SEAL = """
CREATE FUNCTION contacts_refuse_change_of_words() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.text IS DISTINCT FROM OLD.text OR NEW.sha256 IS DISTINCT FROM OLD.sha256
     OR NEW.sealed_at IS DISTINCT FROM OLD.sealed_at OR NEW.contact_id <> OLD.contact_id THEN
    RAISE EXCEPTION 'words once sealed are never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contacts_words_sealed BEFORE UPDATE ON contacts_words
FOR EACH ROW EXECUTE FUNCTION contacts_refuse_change_of_words();
"""
UNSEAL = """
DROP TRIGGER contacts_words_sealed ON contacts_words;
DROP FUNCTION contacts_refuse_change_of_words;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [migrations.RunSQL(SEAL, UNSEAL)]
