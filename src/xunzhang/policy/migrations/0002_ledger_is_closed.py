"""The database itself refuses to change or delete an event; and the one row at the end of the chain."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE_UPDATE = """
    CREATE TRIGGER policy_event_never_changed BEFORE UPDATE ON policy_event BEGIN
        SELECT RAISE(ABORT, 'events are never changed');
    END
"""
SQLITE_DELETE = """
    CREATE TRIGGER policy_event_never_deleted BEFORE DELETE ON policy_event BEGIN
        SELECT RAISE(ABORT, 'events are never deleted');
    END
"""
POSTGRESQL = (
    """
    CREATE FUNCTION policy_ledger_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'events are never changed or deleted' USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER policy_event_never_changed BEFORE UPDATE OR DELETE ON policy_event
    FOR EACH ROW EXECUTE FUNCTION policy_ledger_is_closed()
    """,
)
REMOVAL = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS policy_event_never_changed",
        "DROP TRIGGER IF EXISTS policy_event_never_deleted",
    ),
    "postgresql": (
        "DROP TRIGGER policy_event_never_changed ON policy_event",
        "DROP FUNCTION policy_ledger_is_closed()",
    ),
}


def close(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Close the ledger. A database in memory forgets everything anyway, and may be emptied."""
    connection = editor.connection
    if connection.vendor == "postgresql":
        statements = POSTGRESQL
    elif connection.is_in_memory_db():
        statements = (SQLITE_UPDATE,)
    else:
        statements = (SQLITE_UPDATE, SQLITE_DELETE)
    for statement in statements:
        editor.execute(statement)


def reopen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    for statement in REMOVAL[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Tables first, then what guards them."""

    dependencies = [("policy", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]
