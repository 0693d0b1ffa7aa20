"""What can be done to customers: one verb, one function, one door.

Every verb takes ids, `by` (a person's id, or None for the system) and `at`; it asks the policy, changes the row
and tells the policy, in one transaction.
"""

from xunzhang.customers.actions.archiving import archive, bring_back
from xunzhang.customers.actions.changing import change_customer, file_customer, set_key
from xunzhang.customers.actions.contacts import add_contact, change_contact, remove_contact
from xunzhang.customers.actions.creating import create_customer
from xunzhang.customers.actions.lists import forget_list, save_list
from xunzhang.customers.actions.merging import merge_customers, preview_merge, undo_merge
from xunzhang.customers.actions.owning import assign_owner, claim_from_pool, release_to_pool
from xunzhang.customers.actions.recording import record_event

__all__ = [
    "add_contact",
    "archive",
    "assign_owner",
    "bring_back",
    "change_contact",
    "change_customer",
    "claim_from_pool",
    "create_customer",
    "file_customer",
    "forget_list",
    "merge_customers",
    "preview_merge",
    "record_event",
    "release_to_pool",
    "remove_contact",
    "save_list",
    "set_key",
    "undo_merge",
]
