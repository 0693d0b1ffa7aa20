"""The administrator's tables, to look at.

Accounts, people, roles and departments change through the actions alone: each change leaves its event.
"""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from typing_extensions import override

from xunzhang.organisation.models import (
    Account,
    Delegation,
    Department,
    HolidayYear,
    Person,
    Role,
    RoleHolding,
    WorkCalendar,
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


@admin.register(Account)
class AccountAdmin(LookedAt):
    list_display = ("username", "person", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    list_select_related = ("person",)
    search_fields = ("username", "person__name")
    ordering = ("username",)
    fields = (
        "username",
        "is_active",
        "is_staff",
        "is_superuser",
        "must_change_password",
        "language",
        "user_permissions",
        "last_login",
    )


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


admin.site.register((HolidayYear, Role, WorkCalendar), LookedAt)
