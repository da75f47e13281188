from django.db import migrations


class Migration(migrations.Migration):
    """Numbers that references are made of; a sequence, so that none is ever used again."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE cases_reference", "DROP SEQUENCE cases_reference")
    ]
