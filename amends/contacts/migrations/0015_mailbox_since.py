from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0014_wanted")]

    operations = [
        migrations.RenameField(model_name="mailbox", old_name="since", new_name="since_on"),
    ]
