"""Signing in and out, the password, the language, the theme, and what an account is."""
