"""Finding customers by a fragment of the name, by pinyin, by initials, by number.

`terms` reads what was typed, `entries` writes the index, `index` asks it: one interface
over an FTS5 table on SQLite and a GIN index on PostgreSQL.
"""
