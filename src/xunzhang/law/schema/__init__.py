"""JSON Schemas of policy and rehearsal files, for editors: generated from what the readers know."""

from __future__ import annotations

from xunzhang.law.schema.policy import json_schema
from xunzhang.law.schema.rehearsal import rehearsal_schema

__all__ = ["json_schema", "rehearsal_schema"]
