"""The words of the cases that there are, some at a time, and then the index they are found by."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations

AT_ONCE = 500
# What was gathered meanwhile by a trigger is at least as new, so it stays.
GATHER = """
INSERT INTO cases_casewords (case_id, words)
SELECT id, cases_words_of(id, gist, sensitive_since IS NULL) FROM cases_case
WHERE id > %s AND id <= %s ON CONFLICT (case_id) DO NOTHING
"""


def gather(apps, schema_editor):
    """Gather the words of cases, each few of them in a transaction of its own."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM cases_case")
        last = cursor.fetchone()[0]
        for after in range(0, last, AT_ONCE):
            cursor.execute(GATHER, [after, after + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0042_words")]

    operations = [
        migrations.RunPython(gather, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            "casewords",
            GinIndex(fields=["words"], name="case_by_words", gin_pending_list_limit=512),
        ),
        RemoveIndexConcurrently("case", "case_by_gist"),
    ]
