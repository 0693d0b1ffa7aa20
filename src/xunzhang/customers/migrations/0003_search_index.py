"""The search index: FTS5 with triggers on SQLite, GIN on PostgreSQL."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    """
    CREATE VIRTUAL TABLE customers_search USING fts5(
        tokens,
        content='customers_searchentry', content_rowid='customer_id', detail='none',
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* S* Co Cn'"
    )
    """,
    """
    CREATE TRIGGER customers_search_added AFTER INSERT ON customers_searchentry BEGIN
        INSERT INTO customers_search(rowid, tokens) VALUES (new.customer_id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER customers_search_removed AFTER DELETE ON customers_searchentry BEGIN
        INSERT INTO customers_search(customers_search, rowid, tokens)
        VALUES ('delete', old.customer_id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER customers_search_changed AFTER UPDATE ON customers_searchentry BEGIN
        INSERT INTO customers_search(customers_search, rowid, tokens)
        VALUES ('delete', old.customer_id, old.tokens);
        INSERT INTO customers_search(rowid, tokens) VALUES (new.customer_id, new.tokens);
    END
    """,
)
POSTGRESQL = (
    """
    CREATE INDEX customers_search ON customers_searchentry
    USING gin (string_to_array(tokens, ' ')) WITH (gin_pending_list_limit = 1024)
    """,
    "CREATE INDEX customers_keys ON customers_customer USING gin (keys jsonb_path_ops)",
)
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REMOVAL = {
    "sqlite": (
        "DROP TRIGGER customers_search_added",
        "DROP TRIGGER customers_search_removed",
        "DROP TRIGGER customers_search_changed",
        "DROP TABLE customers_search",
    ),
    "postgresql": ("DROP INDEX customers_search", "DROP INDEX customers_keys"),
}


def build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of the engine in use."""
    for statement in STATEMENTS[editor.connection.vendor]:
        editor.execute(statement)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away again."""
    for statement in REMOVAL[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Tables first, then the index over them."""

    dependencies = [("customers", "0002_initial")]
    operations = [migrations.RunPython(build, remove)]
