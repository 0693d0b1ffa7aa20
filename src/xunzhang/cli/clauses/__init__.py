"""`xunzhang clauses`."""
