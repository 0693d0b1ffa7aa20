"""Three initials together are a token of their own; on SQLite an entry stands under its customer's number itself."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INDEX = import_module("xunzhang.customers.migrations.0003_search_index")
SQLITE = (
    "DROP TRIGGER customers_search_added",
    "DROP TRIGGER customers_search_removed",
    "DROP TRIGGER customers_search_changed",
    "ALTER TABLE customers_searchentry RENAME TO customers_searchentry_before",
    """
    CREATE TABLE customers_searchentry (
        customer_id integer NOT NULL PRIMARY KEY
            REFERENCES customers_customer (id) DEFERRABLE INITIALLY DEFERRED,
        text varchar(200) NOT NULL,
        initials varchar(200) NOT NULL,
        pinyin varchar(1400) NOT NULL,
        tokens text NOT NULL
    )
    """,
    """
    INSERT INTO customers_searchentry (customer_id, text, initials, pinyin, tokens)
    SELECT customer_id, text, initials, pinyin, tokens || in_threes(initials) FROM customers_searchentry_before
    ORDER BY customer_id
    """,
    "DROP TABLE customers_searchentry_before",
    *INDEX.SQLITE[1:],
    "INSERT INTO customers_search(customers_search) VALUES ('rebuild')",
)
POSTGRESQL = (
    "DROP INDEX customers_search",
    """
    UPDATE customers_searchentry SET tokens = tokens || coalesce(
        (
            SELECT string_agg(DISTINCT ' 1' || substr(initials, start, 3), '')
            FROM generate_series(1, length(initials) - 2) AS start
        ),
        ''
    )
    """,
    INDEX.POSTGRESQL[0],
)


def in_threes(initials: str) -> str:
    """Return the new tokens of an entry, each behind a space."""
    found = dict.fromkeys(initials[start : start + 3] for start in range(len(initials) - 2))
    return "".join(f" 1{each}" for each in found)


def build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give every entry its new tokens."""
    statements = POSTGRESQL
    if editor.connection.vendor == "sqlite":
        statements = SQLITE
        editor.connection.connection.create_function("in_threes", 1, in_threes, deterministic=True)
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    """A search by initials reads lists that are a tenth as long."""

    dependencies = [("customers", "0005_lists_walk_their_indexes")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
