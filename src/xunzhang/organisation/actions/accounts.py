"""Accounts: opened, given a first password, closed and opened again; and the password that somebody chooses."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict, Invalid, Refused
from xunzhang.lib.records import as_invalid
from xunzhang.organisation import choices, registry
from xunzhang.organisation.models import Account, Person
from xunzhang.organisation.queries import rights_offered


@transaction.atomic
def open_account(
    *,
    person: int,
    username: str,
    password: str,
    by: int | None,
    at: datetime,
    administers: bool = False,
    rights: Iterable[str] = (),
) -> Account:
    """The person can sign in, with a first password that has to be changed at once; `account.opened`."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person)
    if row.left_at is not None:
        raise Conflict("already-left", _("%(name)s has already left.") % {"name": row.name})
    if row.account_id is not None:
        raise Conflict("account-there", _("%(name)s has an account already.") % {"name": row.name})
    _check(password, Account(username=username))
    try:
        account = Account.objects.create_user(
            username, password, is_staff=administers, must_change_password=True
        )
    except ValidationError as wrong:
        raise as_invalid(wrong) from None
    row.account = account
    row.save(update_fields=["account"])
    _give(account, rights)
    _tell(choices.ACCOUNT_OPENED, account, by=by, at=at)
    return account


@transaction.atomic
def change_account(
    *,
    account: int,
    username: str,
    administers: bool,
    rights: Iterable[str],
    by: int | None,
    at: datetime,
) -> Account:
    """The account has this login name and these rights; `account.changed`."""
    row = Account.objects.select_for_update().get(pk=account)
    if row.is_staff and not administers:
        _refuse_last(row)
    row.username = Account.normalize_username(username).lower()
    row.is_staff = administers
    try:
        row.full_clean(exclude=["password"])
    except ValidationError as wrong:
        raise as_invalid(wrong) from None
    row.save(update_fields=["username", "is_staff"])
    _give(row, rights)
    _tell(choices.ACCOUNT_CHANGED, row, by=by, at=at)
    return row


@transaction.atomic
def reset_password(*, account: int, password: str, by: int | None, at: datetime) -> Account:
    """The old password no longer opens anything; the new one has to be changed at once. `account.password_reset`."""
    row = Account.objects.select_for_update().get(pk=account)
    _check(password, row)
    row.set_password(password)
    row.must_change_password = True
    row.save(update_fields=["password", "must_change_password"])
    _tell(choices.PASSWORD_RESET, row, by=by, at=at)
    return row


@transaction.atomic
def choose_password(*, account: int, password: str, by: int | None, at: datetime) -> Account:
    """The password is one that its owner alone knows; `account.password_changed`."""
    row = Account.objects.select_for_update().get(pk=account)
    _check(password, row)
    row.set_password(password)
    row.must_change_password = False
    row.save(update_fields=["password", "must_change_password"])
    _tell(choices.PASSWORD_CHANGED, row, by=by, at=at)
    return row


@transaction.atomic
def close_account(*, account: int, by: int | None, at: datetime) -> Account:
    """Nobody can sign in with the account any more; `account.closed`."""
    row = Account.objects.select_for_update().get(pk=account)
    if not row.is_active:
        raise Conflict("account-closed", _("This account is closed already."))
    if by is not None and Person.objects.filter(pk=by, account=row).exists():
        raise Refused("own-account", _("Nobody closes the account with which he is signed in."))
    _refuse_last(row)
    row.is_active = False
    row.save(update_fields=["is_active"])
    _tell(choices.ACCOUNT_CLOSED, row, by=by, at=at)
    return row


@transaction.atomic
def reopen_account(*, account: int, by: int | None, at: datetime) -> Account:
    """One can sign in with the account again; `account.reopened`."""
    row = Account.objects.select_for_update().get(pk=account)
    if row.is_active:
        raise Conflict("account-open", _("This account is open already."))
    if Person.objects.filter(account=row, left_at__isnull=False).exists():
        raise Conflict("already-left", _("Who has left has no account."))
    row.is_active = True
    row.save(update_fields=["is_active"])
    _tell(choices.ACCOUNT_REOPENED, row, by=by, at=at)
    return row


def _check(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        raise Invalid({"password": wrong.messages}) from None


def _refuse_last(row: Account) -> None:
    others = Account.objects.filter(is_staff=True, is_active=True).exclude(pk=row.pk)
    if row.is_staff and not others.exists():
        raise Refused(
            "last-administrator",
            _("This is the last account that administers; let another one administer first."),
        )


def _give(account: Account, rights: Iterable[str]) -> None:
    """Let the account hold these of the product's rights, and no other of them."""
    wanted, offered = set(rights), set(rights_offered())
    if unknown := sorted(wanted - offered):
        raise Invalid({"rights": [_("There is no such right: %(name)s.") % {"name": unknown[0]}]})
    found = Permission.objects.select_related("content_type")
    named = {f"{one.content_type.app_label}.{one.codename}": one for one in found}
    account.user_permissions.remove(*(named[one] for one in offered - wanted if one in named))
    account.user_permissions.add(*(named[one] for one in wanted))


def _tell(type: str, account: Account, *, by: int | None, at: datetime) -> None:
    staff = Person.objects.filter(account=account).values_list("pk", flat=True).first()
    registry.tell(type=type, by=by, at=at, keys={"staff": staff, "account": account.username})
