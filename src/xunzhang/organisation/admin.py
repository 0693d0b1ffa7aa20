"""The administrator's tables: accounts are kept here, people are only looked at.

People, roles and departments change through the actions alone, because a policy follows each change.
"""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.organisation.models import (
    Account,
    Delegation,
    Department,
    Person,
    Role,
    RoleHolding,
    WorkCalendar,
)


class AccountCreationForm(AdminUserCreationForm[Account]):
    class Meta:
        model = Account
        fields = ("username",)


class AccountChangeForm(UserChangeForm[Account]):
    class Meta:
        model = Account
        fields = "__all__"


@admin.register(Account)
class AccountAdmin(UserAdmin[Account]):
    form = AccountChangeForm
    add_form = AccountCreationForm
    list_display = ("username", "person", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    list_select_related = ("person",)
    search_fields = ("username", "person__name")
    ordering = ("username",)
    readonly_fields = ("last_login",)
    fieldsets = (
        (None, {"fields": ("username", "password", "must_change_password", "language")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Times"), {"fields": ("last_login",)}),
    )


class LookedAt(admin.ModelAdmin[Model]):
    """Rows to look at; nothing is added, changed or deleted."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(LookedAt):
    list_display = ("code", "name", "department", "manager", "outside", "left_at")
    list_filter = ("department", "outside")
    list_select_related = ("department", "manager")
    search_fields = ("code", "name")


@admin.register(Department)
class DepartmentAdmin(LookedAt):
    list_display = ("name", "parent", "head", "region")
    list_select_related = ("parent", "head")
    search_fields = ("name",)


@admin.register(RoleHolding)
class RoleHoldingAdmin(LookedAt):
    list_display = ("person", "role", "since", "until")
    list_filter = ("role",)
    list_select_related = ("person", "role")


@admin.register(Delegation)
class DelegationAdmin(LookedAt):
    list_display = ("from_person", "to_person", "starts_at", "ends_at", "reason")
    list_select_related = ("from_person", "to_person")


admin.site.register((Role, WorkCalendar), LookedAt)
