"""A list that a person comes back to."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class SavedList(models.Model):
    """A filter with a name, private to its owner."""

    owner = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    filter = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_list_name_once")
        ]

    @override
    def __str__(self) -> str:
        return self.name
