"""Customers are worked on in the product; the administration only looks."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from xunzhang.customers.models import Customer


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin[Customer]):
    """A look at the rows, without the right to change them behind the policy's back."""

    list_display = ("code", "name", "grade", "status", "created_at")
    search_fields = ("code",)

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds customers here."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        """Nobody changes customers here."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        """Nobody deletes customers."""
        return False
