from django.db import migrations

# What was said stands as it was said: whatever writes to the database, and by whatever way.
WORDS_NEVER_CHANGE = """
CREATE FUNCTION contacts_words_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the words of contact % are sealed', OLD.contact_id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER contacts_words_never_change
    BEFORE UPDATE OF text, source, sealed_at, sha256 ON contacts_words FOR EACH ROW
    WHEN ((OLD.text, OLD.source, OLD.sealed_at, OLD.sha256)
        IS DISTINCT FROM (NEW.text, NEW.source, NEW.sealed_at, NEW.sha256))
    EXECUTE FUNCTION contacts_words_never_change();
"""
BACK = """
DROP TRIGGER contacts_words_never_change ON contacts_words;
DROP FUNCTION contacts_words_never_change();
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0008_mailboxes")]

    operations = [migrations.RunSQL(WORDS_NEVER_CHANGE, BACK)]
