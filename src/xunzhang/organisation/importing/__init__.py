"""People from a spreadsheet: first every mistake is told, then all of it is kept or none."""

from xunzhang.organisation.importing.keeping import import_people
from xunzhang.organisation.importing.plan import Plan, plan_import
from xunzhang.organisation.importing.rows import HEADINGS, Problem

__all__ = ["HEADINGS", "Plan", "Problem", "import_people", "plan_import"]
