"""Making accounts; login names are kept in lower case, so that 'Wang' and 'wang' are one."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from typing_extensions import override

if TYPE_CHECKING:
    from xunzhang.organisation.models import Account


class AccountManager(BaseUserManager["Account"]):
    """Accounts, made through `create_user` and `create_superuser` alone."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """Return a new account; without a password nobody can sign in with it yet."""
        account = self.model(username=self.model.normalize_username(username).lower(), **fields)
        account.set_password(password)
        account.full_clean(exclude=["password"])
        account.save(using=self._db)
        return account

    def create_superuser(
        self, username: str, password: str | None = None, **fields: Any
    ) -> "Account":
        """Return a new account that may do everything in the administration."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    @override
    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a login name, in whatever case it was typed."""
        return self.get(username=(username or "").lower())
