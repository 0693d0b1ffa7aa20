"""Lists that a person keeps under a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.models import SavedList
from xunzhang.lib.errors import Invalid
from xunzhang.lib.text import tidy


@transaction.atomic
def save_list(*, name: str, asked: Mapping[str, Any], by: int) -> SavedList:
    """The person finds this filter under this name; a list of the same name takes the new filter."""
    if not tidy(name):
        raise Invalid({"name": [_("Give the list a name.")]})
    saved, _made = SavedList.objects.update_or_create(
        owner_id=by, name=tidy(name)[:60], defaults={"filter": dict(asked)}
    )
    return saved


def forget_list(*, saved: int, by: int) -> None:
    """The person's list of this id is gone."""
    SavedList.objects.filter(pk=saved, owner_id=by).delete()
