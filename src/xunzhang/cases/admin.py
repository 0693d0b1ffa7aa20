"""Cases are worked on in the product; the administration only looks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from xunzhang.cases.models import Case, FormFiling


class LookingOnly(admin.ModelAdmin[Any]):
    """A look at the rows, without the right to change them behind the policy's back."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows here."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes rows here."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes what was recorded."""
        return False


@admin.register(Case)
class CaseAdmin(LookingOnly):
    """The cases."""

    list_display = ("number", "title", "kind", "stage", "opened_at", "closed_at")
    list_filter = ("kind",)
    search_fields = ("number",)


@admin.register(FormFiling)
class FormFilingAdmin(LookingOnly):
    """The filed forms."""

    list_display = ("number", "form", "filed_at", "filed_by")
    search_fields = ("number",)
