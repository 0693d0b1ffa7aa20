"""Indexes hold what is there: no entries for the many customers without a code of their own, a token or a merger.

The search of PostgreSQL compares tokens byte by byte.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    "DROP INDEX customers_search",
    """
    CREATE INDEX customers_search ON customers_searchentry
    USING gin (string_to_array(tokens COLLATE "C", ' ')) WITH (gin_pending_list_limit = 1024)
    """,
)


def by_bytes(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Build the index of PostgreSQL anew."""
    if editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0006_search_by_three_initials'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='customer',
            name='code',
            field=models.CharField(max_length=40, verbose_name='customer number'),
        ),
        migrations.AlterField(
            model_name='customer',
            name='creation_token',
            field=models.CharField(blank=True, editable=False, max_length=64, null=True),
        ),
        migrations.AlterField(
            model_name='customer',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='customers.customer'),
        ),
        migrations.AlterField(
            model_name='customer',
            name='uscc',
            field=models.CharField(blank=True, max_length=18, null=True, verbose_name='unified social credit code'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customer_merged'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(condition=models.Q(('archived_at__isnull', False), ('merged_into__isnull', False), _connector='OR'), fields=['id'], name='customer_gone'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(fields=('code',), name='customer_code'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(condition=models.Q(('uscc__isnull', False)), fields=('uscc',), name='customer_uscc', violation_error_code='unique', violation_error_message='Another customer has this credit code.'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(condition=models.Q(('creation_token__isnull', False)), fields=('creation_token',), name='customer_creation_token'),
        ),
        migrations.RunPython(by_bytes, migrations.RunPython.noop),
    ]
