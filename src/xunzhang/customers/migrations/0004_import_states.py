from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_search_index")]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="title",
            field=models.CharField(blank=True, max_length=80, verbose_name="job title"),
        ),
        migrations.AlterField(
            model_name="importjob",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Uploaded"),
                    ("to_check", "Being checked"),
                    ("checked", "Checked"),
                    ("queued", "Waiting for the worker"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("stopped", "Stopped"),
                ],
                default="uploaded",
                max_length=10,
            ),
        ),
    ]
