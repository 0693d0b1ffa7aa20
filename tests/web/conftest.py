"""The cast of the pages' tests: an administrator who works here, a colleague, and a newcomer."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from xunzhang.organisation import actions
from xunzhang.organisation.models import Account, Department, Person

PASSWORD = "a long enough secret"


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Each test begins in Chinese, whatever language the last request spoke."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def shop(db: None, noon: datetime) -> Department:
    """A department to work in."""
    return actions.add_department(name="城东店", by=None, at=noon)


@pytest.fixture
def join(shop: Department, noon: datetime) -> Callable[..., Person]:
    """Let somebody join, with an account of the same name as the staff number."""

    def joins(code: str, name: str, *, staff: bool = False, roles: tuple[str, ...] = ()) -> Person:
        account = Account.objects.create_user(code, PASSWORD, is_staff=staff)
        return actions.add_person(
            code=code,
            name=name,
            department=shop.pk,
            account=account.pk,
            roles=roles,
            by=None,
            at=noon,
        )

    return joins


@pytest.fixture
def boss(join: Callable[..., Person]) -> Person:
    """李静 administers."""
    return join("yt001", "李静", staff=True, roles=("客户关系经理",))


@pytest.fixture
def colleague(join: Callable[..., Person]) -> Person:
    """陈雨 works beside her."""
    return join("yt002", "陈雨", roles=("客服专员",))


@pytest.fixture
def as_boss(boss: Person) -> Client:
    """A browser in which 李静 is signed in."""
    return _signed_in(boss)


@pytest.fixture
def as_colleague(colleague: Person) -> Client:
    """A browser in which 陈雨 is signed in."""
    return _signed_in(colleague)


def _signed_in(person: Person) -> Client:
    browser = Client()
    assert person.account is not None
    browser.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
    return browser
