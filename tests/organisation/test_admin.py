"""The administrator keeps accounts and looks at people."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from xunzhang.organisation.admin import AccountChangeForm, AccountCreationForm
from xunzhang.organisation.models import Account, Delegation, Department, Person, Role, RoleHolding


@pytest.mark.parametrize("model", [Person, Department, Role, RoleHolding, Delegation])
def test_people_and_departments_are_only_looked_at(model):
    shown = admin.site._registry[model]
    request = RequestFactory().get("/")
    assert not shown.has_add_permission(request)
    assert not shown.has_change_permission(request)
    assert not shown.has_delete_permission(request)


def test_an_account_is_made_with_a_chosen_password_that_is_hard_to_guess(db):
    def form(password: str) -> AccountCreationForm:
        fields = {"username": "li", "password1": password, "password2": password}
        return AccountCreationForm(data={**fields, "usable_password": "true"})

    assert "password2" in form("12345678").errors
    chosen = form("purple-river-41")
    assert chosen.is_valid(), chosen.errors
    assert chosen.save().check_password("purple-river-41")


def test_a_changed_account_keeps_its_password(db):
    account = Account.objects.create_user("li", "purple-river-41")
    form = AccountChangeForm(data={"username": "lina", "is_active": "on"}, instance=account)
    assert form.is_valid(), form.errors
    assert form.save().check_password("purple-river-41")
