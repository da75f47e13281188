from django.db import migrations

SEALS_TOO = """
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_block
FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal_block
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
"""
ENTRIES_ONLY = """
DROP TRIGGER journal_not_emptied ON journal_block;
DROP TRIGGER journal_append_only ON journal_block;
DROP TRIGGER journal_not_emptied ON journal_entry;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunSQL(SEALS_TOO, ENTRIES_ONLY)]
