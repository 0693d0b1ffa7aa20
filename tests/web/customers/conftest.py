"""Customers to look at: one of 陈雨's, with a contact; her superior 李静 may see everything."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from xunzhang.customers import actions
from xunzhang.customers.models import Contact, Customer
from xunzhang.organisation.models import Person


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _rights(boss: Person) -> None:
    assert boss.account is not None
    rights = Permission.objects.filter(content_type__app_label="customers")
    boss.account.user_permissions.set(rights)


@pytest.fixture
def enter(colleague: Person, noon: datetime) -> Callable[..., Customer]:
    """Enter a customer of 陈雨's, unless told otherwise."""

    def enters(name: str, *, pool: bool = False, **values: Any) -> Customer:
        return actions.create_customer(
            values={"name": name, **values},
            owner=None if pool else colleague.pk,
            by=colleague.pk,
            at=noon,
        )

    return enters


@pytest.fixture
def yunfan(enter: Callable[..., Customer]) -> Customer:
    """A customer with a phone."""
    return enter("杭州云帆医疗器械有限公司", phone="0571-88012345", region="浙江", grade="A")


@pytest.fixture
def shen(yunfan: Customer, colleague: Person, noon: datetime) -> Contact:
    """The one who decides there."""
    values = {"name": "沈岚", "mobile": "13852164119", "is_key_person": True}
    return actions.add_contact(customer=yunfan.pk, values=values, by=colleague.pk, at=noon)
