from django.db import migrations

TELL = """
CREATE FUNCTION journal_tell() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM pg_notify('amends_live_' || TG_TABLE_SCHEMA, 'news ' || NEW.subject || ' ' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER journal_told AFTER INSERT ON journal_entry
FOR EACH ROW WHEN (NEW.subject <> '') EXECUTE FUNCTION journal_tell();
"""
TELL_NOBODY = """
DROP TRIGGER journal_told ON journal_entry;
DROP FUNCTION journal_tell;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_append_only_seals")]
    operations = [migrations.RunSQL(TELL, TELL_NOBODY)]
