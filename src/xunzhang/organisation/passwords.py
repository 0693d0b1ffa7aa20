"""First passwords: made by chance, easy to read out and to type, and used once."""

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LENGTH = 3, 4


def first_password() -> str:
    """Return a password such as `k7mw-tp3x-9hqa`, without letters and digits that look alike."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)
