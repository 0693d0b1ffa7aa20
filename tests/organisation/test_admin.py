"""The administrator looks at accounts and people; they change through the actions alone."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from xunzhang.organisation.models import Account, Delegation, Department, Person, Role, RoleHolding


@pytest.mark.parametrize("model", [Account, Person, Department, Role, RoleHolding, Delegation])
def test_people_accounts_and_departments_are_only_looked_at(model):
    shown = admin.site._registry[model]
    request = RequestFactory().get("/")
    assert not shown.has_add_permission(request)
    assert not shown.has_change_permission(request)
    assert not shown.has_delete_permission(request)


def test_an_account_is_shown_without_its_password_and_cannot_be_changed_there(db):
    account = Account.objects.create_superuser("he", "purple-river-41")
    browser = Client()
    browser.force_login(account)
    address = f"/admin/organisation/account/{account.pk}/change/"
    shown = browser.get(address)
    assert shown.status_code == 200
    assert account.password not in shown.content.decode()
    assert browser.post(address, {"username": "other"}).status_code == 403
    assert browser.get("/admin/password_change/").headers["Location"] == "/account/password/"
