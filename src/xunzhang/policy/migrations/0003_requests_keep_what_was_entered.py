"""A request for approval keeps what its asker had filled in."""

from django.db import migrations

import xunzhang.policy.codec


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_ledger_is_closed")]

    operations = [
        migrations.AddField(
            model_name="approvalrequest",
            name="entered",
            field=xunzhang.policy.codec.FactsField(null=True),
        ),
    ]
