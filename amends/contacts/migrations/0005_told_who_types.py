from django.db import migrations

# Who writes on a case is told to those who have it open; when the text is gone, they write no more.
TELL = """
CREATE FUNCTION contacts_tell_typing() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('amends_live_' || TG_TABLE_SCHEMA, 'still draft:' || OLD.key || ' ' || OLD.staff_id);
  ELSE
    PERFORM pg_notify('amends_live_' || TG_TABLE_SCHEMA, 'typing draft:' || NEW.key || ' ' || NEW.staff_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER contacts_typing_told AFTER INSERT OR UPDATE OF fields ON contacts_draft
FOR EACH ROW WHEN (NEW.kind = 'composer') EXECUTE FUNCTION contacts_tell_typing();
CREATE TRIGGER contacts_typed_told AFTER DELETE ON contacts_draft
FOR EACH ROW WHEN (OLD.kind = 'composer') EXECUTE FUNCTION contacts_tell_typing();
"""
TELL_NOBODY = """
DROP TRIGGER contacts_typing_told ON contacts_draft;
DROP TRIGGER contacts_typed_told ON contacts_draft;
DROP FUNCTION contacts_tell_typing;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_mail_by_state")]
    operations = [migrations.RunSQL(TELL, TELL_NOBODY)]
