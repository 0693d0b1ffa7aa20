"""The fields of a policy's form as tags: {% load law_fields %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import CheckboxInput

register = template.Library()


@register.inclusion_tag("cases/field.html")
def law_field(shown: Any) -> dict[str, Any]:
    """Return a field with its label, its mark where it is always required, hint and errors."""
    bound = shown.bound
    told = {"hint": bound.help_text, "error": bound.errors}
    described = [f"{bound.auto_id}-{name}" for name, words in told.items() if words]
    attributes = {"aria-describedby": " ".join(described)} if described else {}
    if shown.required:
        attributes["aria-required"] = "true"
    if bound.errors:
        attributes["aria-invalid"] = "true"
    group = bound.use_fieldset
    return {
        "field": bound,
        "control": bound.as_widget(
            attrs={} if group else {**bound.field.widget.attrs, **attributes}
        ),
        "check": isinstance(bound.field.widget, CheckboxInput),
        "required": shown.required,
        "width": shown.wide,
    }
