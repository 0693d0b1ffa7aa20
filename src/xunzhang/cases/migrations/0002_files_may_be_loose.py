"""A file that nothing names yet is loose, and may be swept away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.AddField("attachment", "loose", models.BooleanField(default=False)),
        migrations.AddIndex(
            "attachment",
            models.Index(
                fields=["added_at"], condition=models.Q(loose=True), name="attachment_loose"
            ),
        ),
    ]
