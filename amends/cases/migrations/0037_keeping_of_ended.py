from django.db import migrations

# What ended before is kept as long as what ends from now on: three years, as shipped.
KEEP = """
INSERT INTO cases_keeping (case_id, keep_until, frozen_reason)
SELECT id, closed_at + interval '3 years', '' FROM cases_case WHERE closed_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0036_keeping")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
