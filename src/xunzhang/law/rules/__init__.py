"""The rule kinds: one module each, with its data, how it is read, and what it means."""
