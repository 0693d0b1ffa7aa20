"""The tables of the customers app."""

from __future__ import annotations

from xunzhang.customers.models.contact import Contact
from xunzhang.customers.models.customer import Customer, SearchEntry
from xunzhang.customers.models.history import CustomerChange, CustomerMerge
from xunzhang.customers.models.importing import ColumnMapping, ImportJob, ImportProblem
from xunzhang.customers.models.numbering import Numbering
from xunzhang.customers.models.saved_list import SavedList

__all__ = [
    "ColumnMapping",
    "Contact",
    "Customer",
    "CustomerChange",
    "CustomerMerge",
    "ImportJob",
    "ImportProblem",
    "Numbering",
    "SavedList",
    "SearchEntry",
]
