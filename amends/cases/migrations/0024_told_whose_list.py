from django.db import migrations

# Whose list changed: the owner's, the team's, those of before, and of all cases. A note changes
# none, so nobody is told of it here.
TELL = """
CREATE FUNCTION cases_tell_lists() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  channel text := 'amends_live_' || TG_TABLE_SCHEMA;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.owner_id, NEW.team_id, NEW.state, NEW.next_due_at, NEW.next_due, NEW.gist, NEW.person_id)
      IS NOT DISTINCT FROM
      (OLD.owner_id, OLD.team_id, OLD.state, OLD.next_due_at, OLD.next_due, OLD.gist, OLD.person_id)
    THEN
      RETURN NULL;
    END IF;
    IF OLD.owner_id IS NOT NULL AND OLD.owner_id IS DISTINCT FROM NEW.owner_id THEN
      PERFORM pg_notify(channel, 'news staff:' || OLD.owner_id || ' ' || NEW.id);
    END IF;
    IF OLD.team_id <> NEW.team_id THEN
      PERFORM pg_notify(channel, 'news team:' || OLD.team_id || ' ' || NEW.id);
    END IF;
  END IF;
  IF NEW.owner_id IS NOT NULL THEN
    PERFORM pg_notify(channel, 'news staff:' || NEW.owner_id || ' ' || NEW.id);
  END IF;
  PERFORM pg_notify(channel, 'news team:' || NEW.team_id || ' ' || NEW.id);
  PERFORM pg_notify(channel, 'news cases ' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER cases_lists_told AFTER INSERT OR UPDATE ON cases_case
FOR EACH ROW EXECUTE FUNCTION cases_tell_lists();

CREATE FUNCTION cases_tell_handover() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM pg_notify('amends_live_' || TG_TABLE_SCHEMA, 'news staff:' || NEW.taker_id || ' ' || NEW.case_id);
  RETURN NULL;
END $$;
CREATE TRIGGER cases_handover_told AFTER INSERT OR UPDATE ON cases_handover
FOR EACH ROW EXECUTE FUNCTION cases_tell_handover();
"""
TELL_NOBODY = """
DROP TRIGGER cases_handover_told ON cases_handover;
DROP FUNCTION cases_tell_handover;
DROP TRIGGER cases_lists_told ON cases_case;
DROP FUNCTION cases_tell_lists;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_bundles")]
    operations = [migrations.RunSQL(TELL, TELL_NOBODY)]
