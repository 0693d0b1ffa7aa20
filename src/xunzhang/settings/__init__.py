"""Settings: `base` for an installation, `demo` for the demonstration company, `test` for the tests."""
